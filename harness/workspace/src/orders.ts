import { applyDiscount, findDiscount, type Cents } from './prices.js';

export interface Item {
  name: string;
  price: Cents;
  quantity: number;
}

export interface Order {
  id: string;
  items: Item[];
  discountCode?: string;
}

/** The sum of an order before any discount. */
export function subtotal(order: Order): Cents {
  let sum = 0;
  for (const item of order.items) {
    sum += item.price * item.quantity;
  }
  return sum;
}

export function total(order: Order): Cents {
  const discount = order.discountCode === undefined ? undefined : findDiscount(order.discountCode);
  return applyDiscount(subtotal(order), discount);
}

export function isEmpty(order: Order) {
  return order.items.length == 0;
}

export async function saveOrder(order: Order): Promise<void> {
  await fetch('http://localhost:4000/orders', { method: 'POST', body: JSON.stringify(order) });
}

export function placeOrder(order: Order): string {
  if (isEmpty(order)) {
    throw new Error('An order needs at least one item.');
  }
  saveOrder(order);
  return order.id;
}
