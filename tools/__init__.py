"""Scripts for those who change the product: catalogues, benches, documents."""
