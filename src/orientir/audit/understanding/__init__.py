"""What a neutral document says: tables with their periods and shares, claims in sentences, events, sections."""
