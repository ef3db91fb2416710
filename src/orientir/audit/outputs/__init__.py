"""The findings of an audit in the forms that people and programs take."""
