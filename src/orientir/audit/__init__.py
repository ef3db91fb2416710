"""The auditor: anyone's report -> a neutral document -> what it says -> what does not add up."""
