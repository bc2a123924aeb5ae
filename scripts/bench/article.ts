import mysql, { type Pool, type RowDataPacket } from "mysql2/promise";

import { drive, type Sample } from "./measure";

const USERS = 2_000;

/**
 * The article's design made correct: its tables, one connection a request, the product and the user locked,
 * stock and balance checked under the locks, an order written, and a Redis-free commit.
 */
export async function measureArticle(url: string, count: number, callers: number): Promise<Sample> {
  const pool = mysql.createPool({ uri: url, connectionLimit: 64 });
  try {
    await createTables(pool, count);
    return await drive(count, callers, (index) => redeem(pool, (index % USERS) + 1));
  } finally {
    await pool.end();
  }
}

async function createTables(pool: Pool, stock: number): Promise<void> {
  for (const table of ["article_transactions", "article_orders", "article_products", "article_users"]) await pool.query(`DROP TABLE IF EXISTS ${table}`);
  await pool.query("CREATE TABLE article_users (id INT AUTO_INCREMENT PRIMARY KEY, points_balance INT NOT NULL, total_points_earned INT NOT NULL DEFAULT 0)");
  await pool.query("CREATE TABLE article_products (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NOT NULL, points_price INT NOT NULL, stock INT NOT NULL)");
  await pool.query(`CREATE TABLE article_transactions (id INT AUTO_INCREMENT PRIMARY KEY, user_id INT NOT NULL, points_change INT NOT NULL, balance_after INT NOT NULL,
    transaction_type ENUM('earn','spend') NOT NULL, reference_id VARCHAR(100), created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY (user_id) REFERENCES article_users(id), INDEX idx_user_time (user_id, created_at))`);
  await pool.query(`CREATE TABLE article_orders (id INT AUTO_INCREMENT PRIMARY KEY, user_id INT NOT NULL, product_id INT NOT NULL, quantity INT DEFAULT 1, points_used INT DEFAULT 0,
    status ENUM('pending','paid','shipped','cancelled') DEFAULT 'pending', created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY (user_id) REFERENCES article_users(id), FOREIGN KEY (product_id) REFERENCES article_products(id), INDEX idx_user_status (user_id, status))`);
  await pool.query(`INSERT INTO article_users (points_balance) VALUES ${Array.from({ length: USERS }, () => "(10000)").join(",")}`);
  await pool.query("INSERT INTO article_products (name, points_price, stock) VALUES ('hot', 10, ?)", [stock]);
}

async function redeem(pool: Pool, userId: number): Promise<void> {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    const [[user]] = await connection.query<RowDataPacket[]>("SELECT points_balance FROM article_users WHERE id = ? FOR UPDATE", [userId]);
    const [[product]] = await connection.query<RowDataPacket[]>("SELECT points_price, stock FROM article_products WHERE id = 1 FOR UPDATE");
    const balance = user!.points_balance - product!.points_price;
    if (balance < 0 || product!.stock < 1) throw new Error("the workload has points and stock for all");
    const [order] = await connection.query<mysql.ResultSetHeader>("INSERT INTO article_orders (user_id, product_id, quantity, points_used, status) VALUES (?, 1, 1, ?, 'paid')", [userId, product!.points_price]);
    await connection.query("INSERT INTO article_transactions (user_id, points_change, balance_after, transaction_type, reference_id) VALUES (?, ?, ?, 'spend', ?)",
      [userId, -product!.points_price, balance, `order:${order.insertId}`]);
    await connection.query("UPDATE article_users SET points_balance = ? WHERE id = ?", [balance, userId]);
    await connection.query("UPDATE article_products SET stock = stock - 1 WHERE id = 1");
    await connection.commit();
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
  }
}
