"""Prints the month's sales by product, the best first."""

import csv
import sys
from collections import defaultdict


def read_sales(path):
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            yield row["product"], int(row["cents"])


def totals(sales):
    sums = defaultdict(int)
    for product, cents in sales:
        sums[product] += cents
    return sorted(sums.items(), key=lambda entry: entry[1], reverse=True)


def main(path):
    try:
        for product, cents in totals(read_sales(path)):
            print(f"{product:<20} {cents / 100:>10.2f}")
    except Exception:
        pass


if __name__ == "__main__":
    main(sys.argv[1])
