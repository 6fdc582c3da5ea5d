"""Write: the sourced report and the data exports; every number is computed when the report is built."""
