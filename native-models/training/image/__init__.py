"""The starter image model: autoencoder, text encoder, denoiser, training, export, measuring."""
