"""The outside world without a database: files, phones, pinyin, printers."""
