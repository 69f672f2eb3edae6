"""The enquiry log: every question, its outcome, and who asked to be answered later."""
