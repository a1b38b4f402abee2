import { createServer, type IncomingMessage } from 'node:http';
import { placeOrder, total, type Order } from './orders.js';
import { format } from './prices.js';

const orders = new Map<string, Order>();

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'POST' && url.pathname === '/orders') {
    const order = JSON.parse(await readBody(request)) as Order;
    orders.set(order.id, order);
    response.writeHead(201).end(placeOrder(order));
    return;
  }
  const order = orders.get(url.pathname.slice('/orders/'.length));
  if (order === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.end(format(total(order)));
});
