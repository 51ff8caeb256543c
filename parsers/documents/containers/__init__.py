"""What holds documents as a folder does: archives and messages. Each gives its members, one by one and bounded."""
