"""The starter text model: corpus, tokenizer, network, training, export and evaluation."""
