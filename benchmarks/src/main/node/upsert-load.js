// The same load as UpsertLoad.java through HubSpot's own client, its limiter off and its connections kept alive.
'use strict';
const http = require('http');
const { Client } = require('@hubspot/api-client');

const BATCH = 100;
// The warm-up makes as many calls as the load.
const WARM_UP_BATCH = 10;
const [url, concurrency, warmUp, load] = process.argv.slice(2);
const client = new Client({
  accessToken: 'token',
  basePath: url,
  httpAgent: new http.Agent({ keepAlive: true, maxSockets: Number(concurrency) }),
});

function inputs(from, batch) {
  const inputs = [];
  for (let i = from; i < from + batch; i++) {
    inputs.push({
      idProperty: 'customer_number',
      id: `C-${i}`,
      properties: {
        customer_number: `C-${i}`,
        name: `Company ${i}`,
        domain: `company${i}.example`,
        phone: `+49 431 ${i}`,
        address: `Harbor Street ${i}`,
        city: 'Kiel',
        zip: '24103',
        country: 'Germany',
      },
    });
  }
  return inputs;
}

async function run(records, batch) {
  let next = 0;
  async function worker() {
    while (next < records) {
      const from = next;
      next += batch;
      const answer = await client.crm.companies.batchApi.upsert({ inputs: inputs(from, batch) });
      if (answer.results.length !== batch) {
        throw new Error('not every record was written');
      }
    }
  }
  await Promise.all(Array.from({ length: Number(concurrency) }, worker));
}

function told() {
  return new Promise((resolve) => process.stdin.once('data', resolve));
}

(async () => {
  await run(Number(warmUp), WARM_UP_BATCH);
  console.log('ready');
  await told();
  await run(Number(load), BATCH);
  console.log('done');
  await told();
  process.exit(0);
})();
