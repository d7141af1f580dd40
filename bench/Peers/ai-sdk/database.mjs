import Database from "libsql";

/** Conversations in SQLite. Every write is on the disk when it returns: WAL with synchronous=FULL. */
export function openDatabase(path) {
  const database = new Database(path);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  database.exec(`
    CREATE TABLE IF NOT EXISTS conversations (
      id INTEGER PRIMARY KEY,
      title TEXT NOT NULL,
      created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    CREATE TABLE IF NOT EXISTS messages (
      id INTEGER PRIMARY KEY,
      conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
      role TEXT NOT NULL,
      content TEXT NOT NULL,
      created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
    CREATE INDEX IF NOT EXISTS messages_of_conversation ON messages (conversation_id, id);
  `);

  const find = database.prepare("SELECT id FROM conversations WHERE id = ?");
  const begin = database.prepare("INSERT INTO conversations (title) VALUES (?)");
  const add = database.prepare("INSERT INTO messages (conversation_id, role, content) VALUES (?, ?, ?)");
  const list = database.prepare("SELECT role, content FROM messages WHERE conversation_id = ? ORDER BY id");

  return {
    /** Saves a user's message, in a new conversation when there is no id, and returns the conversation's id. */
    saveQuestion: database.transaction((id, content) => {
      if (id !== undefined && !find.get(id)) throw new Error("There is no such conversation.");
      const conversation = id ?? Number(begin.run(content.slice(0, 50)).lastInsertRowid);
      add.run(conversation, "user", content);
      return conversation;
    }),
    saveReply: (conversation, content) => {
      add.run(conversation, "assistant", content);
    },
    messages: (conversation) => list.all(conversation).map(({ role, content }) => ({ role, content })),
    close: () => database.close(),
  };
}
