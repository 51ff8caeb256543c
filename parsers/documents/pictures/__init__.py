"""Pictures of pages: scans, photographs, screenshots. They are read into the page model that PDF and OFD fill too."""
