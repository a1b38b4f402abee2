package main

import "fmt"

type shelf struct {
	product string
	left    int
}

// restock returns the products of which fewer than limit are left.
func restock(shelves []shelf, limit int) []string {
	var products []string
	for _, s := range shelves {
		if s.left < limit {
			products = append(products, s.product)
		}
	}
	return products
}

func main() {
	fmt.Println(restock([]shelf{{"tea", 3}, {"rice", 40}}, 10))
}
