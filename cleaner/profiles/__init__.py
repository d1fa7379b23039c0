"""What the pages of a site share: learnt from its pages, written to a file, read again."""
