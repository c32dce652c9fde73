/** Clients of databases: what they ask may fail, and what they lend must be given back. */
import type { ArgumentFacts, Facts, Library } from "../facts.ts";
import { ASKS, classesOf, EFFECT, exportsOf, FRESH, packageMembersOf, PURE } from "../rows.ts";

const CALLBACK: ArgumentFacts = { called: "once", when: "later", errorFirst: true, promise: "ignored" };
const QUERY: Facts = { ...ASKS, takes: { 1: CALLBACK, 2: CALLBACK } };
const RELEASE: Facts = { ...EFFECT, releases: "receiver" };
const CLOSE: Facts = { ...ASKS, releases: "receiver" };
const CONNECTS: Facts = { ...EFFECT, acquires: { releasedBy: ["end", "destroy"] } };

export const pg: Library = {
  name: "pg",
  versions: ">=8 <9",
  models: [
    ...packageMembersOf("pg", "Pool", "connect", { ...ASKS, acquires: { releasedBy: ["release"] } }),
    ...packageMembersOf("pg", "Pool ClientBase", "query", QUERY),
    ...packageMembersOf("pg", "ClientBase", "connect", { ...ASKS, takes: { 0: CALLBACK } }),
    ...packageMembersOf("pg", "PoolClient", "release", RELEASE),
    ...packageMembersOf("pg", "Pool Client", "end", CLOSE),
    ...packageMembersOf("pg", "ClientBase", "escapeIdentifier escapeLiteral", PURE),
    classesOf("pg", "Client", { ...EFFECT, returns: { fresh: true }, acquires: { releasedBy: ["end"] } }),
    classesOf("pg", "Pool", { ...EFFECT, returns: { fresh: true } }),
  ],
};

export const mysql2: Library = {
  name: "mysql2",
  versions: ">=3 <4",
  models: [
    exportsOf("mysql2", "createConnection", CONNECTS),
    exportsOf("mysql2", "createPool createPoolCluster", EFFECT),
    exportsOf("mysql2", "escape escapeId format", PURE),
    exportsOf("mysql2/promise", "createConnection", { ...ASKS, acquires: { releasedBy: ["end", "destroy"] } }),
    exportsOf("mysql2/promise", "createPool", EFFECT),
    ...packageMembersOf("mysql2", "Pool", "getConnection", {
      ...ASKS,
      takes: { 0: CALLBACK },
      acquires: { releasedBy: ["release", "destroy"] },
    }),
    ...packageMembersOf("mysql2", "PoolConnection", "release", RELEASE),
    ...packageMembersOf("mysql2", "Connection", "query execute", QUERY),
    ...packageMembersOf("mysql2", "Connection", "beginTransaction commit rollback ping", ASKS),
    ...packageMembersOf("mysql2", "Connection", "end", CLOSE),
    ...packageMembersOf("mysql2", "Connection", "destroy", RELEASE),
  ],
};

export const mongodb: Library = {
  name: "mongodb",
  versions: ">=5 <8",
  models: [
    ...packageMembersOf("mongodb", "MongoClient", "connect", ASKS),
    ...packageMembersOf("mongodb", "MongoClient", "close", CLOSE),
    ...packageMembersOf("mongodb", "MongoClient", "startSession", {
      ...EFFECT,
      acquires: { releasedBy: ["endSession"] },
    }),
    ...packageMembersOf("mongodb", "MongoClient", "withSession", {
      ...ASKS,
      takes: { 0: { called: "once", when: "later", promise: "awaited" } },
    }),
    ...packageMembersOf("mongodb", "MongoClient", "db", PURE),
    ...packageMembersOf("mongodb", "Db", "collection", PURE),
    ...packageMembersOf("mongodb", "ClientSession", "endSession", CLOSE),
    ...packageMembersOf("mongodb", "ClientSession", "commitTransaction abortTransaction", ASKS),
    ...packageMembersOf("mongodb", "ClientSession", "startTransaction", { pure: false, throws: "yes" }),
    ...packageMembersOf("mongodb", "ClientSession", "withTransaction", {
      ...ASKS,
      takes: { 0: { called: "many", when: "later", promise: "awaited" } },
    }),
    ...packageMembersOf(
      "mongodb",
      "Collection",
      "insertOne insertMany updateOne updateMany deleteOne deleteMany replaceOne countDocuments estimatedDocumentCount " +
        "distinct bulkWrite createIndex dropIndex drop",
      ASKS,
    ),
    ...packageMembersOf("mongodb", "Collection", "findOne findOneAndUpdate findOneAndDelete findOneAndReplace", {
      ...ASKS,
      returns: { fresh: true, absent: "null" },
    }),
    ...packageMembersOf("mongodb", "Collection", "find aggregate", FRESH),
    ...packageMembersOf("mongodb", "Collection", "watch", { ...EFFECT, acquires: { releasedBy: ["close"] } }),
    ...packageMembersOf("mongodb", "AbstractCursor", "toArray next hasNext tryNext", ASKS),
    ...packageMembersOf("mongodb", "AbstractCursor", "close", CLOSE),
  ],
};

const REDIS_ASKS = "del exists expire hgetall hset incr lpush publish rpush sadd set ttl";

export const ioredis: Library = {
  name: "ioredis",
  versions: ">=5 <7",
  models: [
    ...packageMembersOf("ioredis", "RedisCommander", REDIS_ASKS, ASKS),
    ...packageMembersOf("ioredis", "RedisCommander", "expire setex", { ...ASKS, takes: { 1: { unit: "s" } } }),
    ...packageMembersOf("ioredis", "RedisCommander", "pexpire psetex", { ...ASKS, takes: { 1: { unit: "ms" } } }),
    ...packageMembersOf("ioredis", "RedisCommander", "get hget lpop rpop", {
      ...ASKS,
      returns: { absent: "null" },
    }),
    ...packageMembersOf("ioredis", "RedisCommander", "quit", CLOSE),
    ...packageMembersOf("ioredis", "Redis", "connect", ASKS),
    ...packageMembersOf("ioredis", "Redis", "disconnect", RELEASE),
  ],
};

export const redis: Library = {
  name: "redis",
  versions: ">=4 <7",
  models: [
    exportsOf("redis", "createClient", {
      ...EFFECT,
      acquires: { releasedBy: ["quit", "disconnect", "close", "destroy"] },
    }),
    exportsOf("@redis/client", "createClient", {
      ...EFFECT,
      acquires: { releasedBy: ["quit", "disconnect", "close", "destroy"] },
    }),
    ...packageMembersOf("@redis/client", "RedisClient", "connect", ASKS),
    ...packageMembersOf("@redis/client", "RedisClient", "quit disconnect close", CLOSE),
    ...packageMembersOf("@redis/client", "RedisClient", "destroy", RELEASE),
  ],
};
