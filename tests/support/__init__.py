"""What several tests share: sample reports, their layouts, mutations, planted defects, a browser."""
