import { describe, expect, it } from 'vitest';
import { readApi } from './api-summary.ts';

const openApi = `
openapi: 3.1.0
info: { title: Shop, version: "2", description: Sells }
servers: [{ url: https://shop.example }]
paths:
  /orders:
    parameters: []
    get: { summary: List orders, tags: [Orders] }
    post: { operationId: createOrder, deprecated: true }
  /health:
    get: { summary: "Ready?" }
`;

const asyncApi2 = `
asyncapi: 2.6.0
info: { title: Events }
servers: { prod: { url: "kafka://broker" } }
channels:
  orders/created:
    subscribe: { summary: An order was made, tags: [{ name: orders }] }
`;

const asyncApi3 = `
asyncapi: 3.0.0
info: { title: Events }
channels: { created: { address: orders.created } }
operations:
  onCreated: { action: receive, channel: { $ref: "#/channels/created" } }
`;

const summaryOf = (value: unknown) => {
  const reading = readApi(value);
  if (reading.kind !== 'summary') throw new Error(`Expected a summary, got ${reading.kind}.`);
  return reading.summary;
};

describe('readApi', () => {
  it('lists the operations of OpenAPI text and leaves other keys of a path alone', () => {
    const summary = summaryOf(openApi);
    expect(summary).toMatchObject({
      format: 'OpenAPI',
      formatVersion: '3.1.0',
      title: 'Shop',
      servers: ['https://shop.example'],
    });
    expect(summary.operations).toEqual([
      { verb: 'GET', place: '/orders', summary: 'List orders', tag: 'Orders', deprecated: false },
      { verb: 'POST', place: '/orders', summary: 'createOrder', deprecated: true },
      { verb: 'GET', place: '/health', summary: 'Ready?', deprecated: false },
    ]);
  });

  it('takes Swagger 2, JSON text and objects', () => {
    const swagger = { swagger: '2.0', host: 'a.example', basePath: '/v1', paths: { '/x': { get: { summary: 'X' } } } };
    expect(summaryOf(swagger)).toMatchObject({ servers: ['a.example/v1'], operations: [{ verb: 'GET', place: '/x' }] });
    expect(summaryOf(JSON.stringify(swagger)).operations).toHaveLength(1);
  });

  it('lists the channels of AsyncAPI 2 and the operations of AsyncAPI 3', () => {
    expect(summaryOf(asyncApi2).operations).toMatchObject([
      { verb: 'subscribe', place: 'orders/created', tag: 'orders' },
    ]);
    expect(summaryOf(asyncApi3).operations).toMatchObject([
      { verb: 'receive', place: 'orders.created', summary: 'onCreated' },
    ]);
  });

  it('never fails on anything else, and says why it is shown as text', () => {
    expect(readApi('https://shop.example/openapi.yaml')).toEqual({
      kind: 'address',
      url: 'https://shop.example/openapi.yaml',
    });
    expect(readApi('type Query { a: Int }')).toMatchObject({ kind: 'text' });
    expect(readApi('a: [')).toMatchObject({ kind: 'text', reason: expect.stringContaining('not valid YAML') });
    for (const odd of [null, 3, [], { openapi: '3.0.0', paths: 'x', servers: 4, info: [] }])
      expect(() => readApi(odd)).not.toThrow();
  });

  it('refuses to unfold a document that grows without bound', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [index, name] of [...'bcdefgh'].entries()) {
      const before = 'abcdefgh'[index];
      bomb.push(
        `${name}: &${name} [*${before},*${before},*${before},*${before},*${before},*${before},*${before},*${before}]`,
      );
    }
    expect(readApi(bomb.join('\n'))).toMatchObject({ kind: 'text', reason: expect.stringContaining('too often') });
  });
});
