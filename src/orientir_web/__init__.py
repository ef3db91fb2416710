"""The web application: people, deadlines, approval and pages over the core. The only place that imports Django."""
