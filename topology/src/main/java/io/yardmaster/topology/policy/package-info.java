/**
 * The policy at run time: the operator's entries in the policy topic.
 *
 * <pre>
 *   policy topic ──▶ store on every instance ──▶ LivePolicies ──▶ PolicySnapshot ──▶ core: LivePolicy, read by each tick
 *                                                   │                   └──▶ API, console, metrics
 *                                                   └ PolicyRecords: entries of a PolicyKind; others are a problem, told once
 * </pre>
 *
 * <p>{@link io.yardmaster.topology.policy.PolicyKind} is the one table of all entries there are. To add a kind of entry: a constant
 * there, its fields in {@code PolicyEntry.avsc}, and what the core needs of it in {@link io.yardmaster.core.values.LivePolicy} and
 * {@link io.yardmaster.topology.policy.PolicySnapshot}. The command line, its check, the JSON schema, the help and {@code describe}
 * follow from the table.
 */
package io.yardmaster.topology.policy;
