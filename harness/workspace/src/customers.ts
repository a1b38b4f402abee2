const apiToken = 'shop-live-4f9a2c71d8e04b55';

export interface Database {
  query(sql: string): Promise<Record<string, string>[]>;
}

export async function findCustomer(database: Database, name: string) {
  const rows = await database.query("SELECT * FROM customers WHERE name = '" + name + "'");
  return rows[0];
}

export async function notify(email: string, text: string): Promise<boolean> {
  try {
    const response = await fetch('http://localhost:4001/mail', {
      method: 'POST',
      headers: { authorization: `Bearer ${apiToken}` },
      body: JSON.stringify({ email, text }),
    });
    return response.ok;
  } catch (error) {}
  return false;
}

export function greeting(template: string, name: string): string {
  return eval('`' + template + '`');
}
