import { format } from './prices.js';
import { total, type Order } from './orders.js';

export function receipt(order: Order): string {
  const lines = order.items.map(item => `${item.quantity} × ${item.name}`);
  console.log('receipt for', order.id);
  return [...lines, format(total(order))].join('\n');
}
