// A MES for tests, on node-opcua-client: takes one JSON order a line on stdin, answers each with one line.
"use strict";
const { createHash } = require("node:crypto");
const readline = require("node:readline");

const modules = process.argv[2];
const load = (name) => require(require.resolve(name, { paths: [modules] }));
const opcua = load("node-opcua-client");
const { OPCUACertificateManager } = load("node-opcua-certificate-manager");
const { resolveDynamicExtensionObject } = load("node-opcua-client-dynamic-extension-object");
const { AttributeIds, DataType, MessageSecurityMode, SecurityPolicy, Variant, VariantArrayType } = opcua;

const say = (message) =>
  process.stdout.write(JSON.stringify(message, (_, value) => (typeof value === "bigint" ? Number(value) : value)) + "\n");
console.log = console.warn = (...words) => process.stderr.write(words.join(" ") + "\n");

let client, session, subscription;
const nodes = new Map();

// A value as JSON: 64-bit numbers and byte strings as text, structures by their fields.
function plain(value) {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) || (value instanceof Object && value.constructor.name.endsWith("Array")))
    return Array.from(value, plain);
  if (Buffer.isBuffer(value)) return value.toString("hex");
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Variant) return value.dataType === DataType.UInt64 ? number64(value.value) : plain(value.value);
  if (value instanceof opcua.NodeId) return value.toString();
  if (value.schema?.name === "LocalizedText") return value.text;
  if (value.schema?.fields) {
    const fields = {};
    for (let schema = value.schema; schema; schema = schema._baseSchema)
      for (const field of schema.fields ?? [])
        fields[field.name] = field.fieldType === "UInt64" ? number64(value[field.name]) : plain(value[field.name]);
    return fields;
  }
  return value;
}
const number64 = (pair) => (Array.isArray(pair) ? pair[0] * 2 ** 32 + pair[1] : pair);

async function find(steps) {
  const key = steps.join("/");
  if (!nodes.has(key)) {
    let node = opcua.resolveNodeId(steps[0]);
    for (const step of steps.slice(1)) {
      const found = await session.browse({ nodeId: node, referenceTypeId: "Aggregates", includeSubtypes: true, browseDirection: 0, resultMask: 63 });
      const child = found.references.find((r) => r.browseName.name === step);
      if (!child) throw new Error(`no ${step} in ${key}`);
      node = child.nodeId;
    }
    nodes.set(key, node);
  }
  return nodes.get(key);
}

async function variant(wanted) {
  if (wanted === null) return new Variant({ dataType: DataType.Null });
  if (wanted.struct) {
    const value = await session.constructExtensionObject(opcua.resolveNodeId(wanted.struct), wanted.value);
    return new Variant({ dataType: DataType.ExtensionObject, value });
  }
  if (wanted.type === "ByteString") return new Variant({ dataType: DataType.ByteString, value: Buffer.from(wanted.value, "hex") });
  const array = Array.isArray(wanted.value);
  const arrayType = array ? VariantArrayType.Array : VariantArrayType.Scalar;
  return new Variant({ dataType: DataType[wanted.type], arrayType, value: wanted.value });
}

// The client leaves structures undecoded where they stand in an array of variants of an event.
let told = Promise.resolve();
async function resolveNested(variant) {
  if (variant?.dataType !== DataType.Variant || !Array.isArray(variant.value)) return;
  const manager = await opcua.getExtraDataTypeManager(session);
  for (const element of variant.value) await resolveDynamicExtensionObject(session, element, manager);
}

const orders = {
  // Opens a channel and a session. `mode` and `policy` may be wrong on purpose, `token` may be "anonymous".
  async connect({ url, pki, certificate, key, user, password, token, mode = "SignAndEncrypt", policy = "Basic256Sha256" }) {
    const clientCertificateManager = new OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: true });
    await clientCertificateManager.initialize();
    client = opcua.OPCUAClient.create({
      applicationName: "mes",
      applicationUri: "urn:test:mes",
      certificateFile: certificate,
      privateKeyFile: key,
      clientCertificateManager,
      connectionStrategy: { maxRetry: 0 },
      endpointMustExist: false,
      keepSessionAlive: true,
      securityMode: MessageSecurityMode[mode],
      securityPolicy: SecurityPolicy[policy],
    });
    await client.connect(url);
    const anonymous = { type: opcua.UserTokenType.Anonymous };
    session = await client.createSession(token === "anonymous" ? anonymous : { type: opcua.UserTokenType.UserName, userName: user, password });
    nodes.clear();
    await session.constructExtensionObject(opcua.resolveNodeId("ns=2;i=3021"), {}); // learns the types of all namespaces
    const theirs = createHash("sha1").update(session.serverCertificate).digest("hex");
    return { namespaces: await session.readNamespaceArray(), certificate: theirs };
  },
  async endpoints({ url }) {
    const asking = opcua.OPCUAClient.create({ connectionStrategy: { maxRetry: 0 }, endpointMustExist: false });
    await asking.connect(url);
    const found = await asking.getEndpoints();
    await asking.disconnect();
    return {
      endpoints: found.map((e) => [e.securityPolicyUri.split("#")[1], MessageSecurityMode[e.securityMode], e.userIdentityTokens.map((t) => opcua.UserTokenType[t.tokenType])]),
    };
  },
  async browse({ node }) {
    const found = await session.browse(await find(node));
    return { children: found.references.map((r) => r.browseName.toString()) };
  },
  async read({ node, attribute = "Value" }) {
    const found = await session.read({ nodeId: await find(node), attributeId: AttributeIds[attribute] });
    return { status: found.statusCode.name, value: plain(found.value) };
  },
  async write({ node, type, value }) {
    const sent = type === "UInt64" ? [0, value] : value;
    const dataValue = { value: new Variant({ dataType: DataType[type], arrayType: VariantArrayType.Scalar, value: sent }) };
    const status = await session.write({ nodeId: await find(node), attributeId: AttributeIds.Value, value: dataValue });
    return { status: status.name };
  },
  async call({ node, method, args = [] }) {
    const request = {
      objectId: await find(node),
      methodId: await find([...node, method]),
      inputArguments: await Promise.all(args.map(variant)),
    };
    const found = await session.call(request);
    return {
      status: found.statusCode.name,
      arguments: (found.inputArgumentResults ?? []).map((s) => s.name),
      outputs: (found.outputArguments ?? []).map(plain),
    };
  },
  // Calls a method of an object that is not in the address space, such as a temporary file, both by NodeId.
  async callById({ object, method, args = [] }) {
    const inputArguments = await Promise.all(args.map(variant));
    const found = await session.call({ objectId: object, methodId: method, inputArguments });
    return { status: found.statusCode.name, outputs: (found.outputArguments ?? []).map(plain) };
  },
  // Acts on a condition as the library's own helpers do: `action` is acknowledge, confirm.
  async condition({ action, id, event, comment }) {
    const act = { acknowledge: "acknowledgeCondition", confirm: "confirmCondition" }[action];
    const status = await session[act](opcua.resolveNodeId(id), Buffer.from(event, "hex"), comment);
    return { status: status.name };
  },
  // What the library finds by ConditionRefresh, in a subscription of its own.
  async conditions() {
    const found = await load("node-opcua-alarm-condition").findActiveConditions(session);
    return { conditions: found.map((one) => Object.fromEntries(["conditionId", "conditionName", "retain", "message"].map((name) => [name, plain(one[name]?.value)]))) };
  },
  async refresh() {
    const request = { objectId: "ns=0;i=2782", methodId: "ns=0;i=3875", inputArguments: [new Variant({ dataType: DataType.UInt32, value: subscription.subscriptionId })] };
    return { status: (await session.call(request)).statusCode.name };
  },
  // Watches the events of a node; each comes as {"event": {field: value}}.
  async watch({ node, fields, ofType }) {
    subscription ??= await session.createSubscription2({
      requestedPublishingInterval: 50,
      requestedLifetimeCount: 600,
      requestedMaxKeepAliveCount: 20,
      maxNotificationsPerPublish: 0,
      publishingEnabled: true,
    });
    const item = await subscription.monitor(
      { nodeId: await find(node), attributeId: AttributeIds.EventNotifier },
      { queueSize: 10000, discardOldest: false, filter: opcua.constructEventFilter(fields, ofType ? opcua.ofType(ofType) : undefined) },
      opcua.TimestampsToReturn.Neither,
    );
    item.on("changed", (values) => {
      told = told.then(async () => {
        for (const value of values) await resolveNested(value);
        say({ event: Object.fromEntries(fields.map((name, i) => [name, plain(values[i])])) });
      });
    });
    return { status: item.statusCode.name };
  },
  async close() {
    await session?.close();
    await client?.disconnect();
    session = client = subscription = undefined;
    return {};
  },
};

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { order, ...rest } = JSON.parse(line);
    try {
      say({ done: true, ...(await orders[order](rest)) });
    } catch (error) {
      say({ done: false, error: String(error.message) });
    }
  }
  await orders.close().catch(() => undefined);
  process.exit(0);
})();
