"""Pictures of pages: scans, photographs, screenshots. They are read into the page (`documents.page`) that PDF and
OFD fill too; what becomes of a page is not known here."""
