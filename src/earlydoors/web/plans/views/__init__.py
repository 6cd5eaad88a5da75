"""The views of the place, by what people do on them."""
