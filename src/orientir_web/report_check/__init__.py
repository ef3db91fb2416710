"""«Проверка отчёта»: a finished report is uploaded, audited in the background, shown beside its findings."""
