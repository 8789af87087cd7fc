"""The worksheet's markup: one tokenizer for reader and writer, runs of alike rows, texts."""
