package io.orchestrator.core.join;

/**
 * What a node needs to join.
 *
 * @param server URL of an API server
 * @param authority by which it is known
 */
public record JoinInvitation(String server, JoinToken token, AuthorityPin authority) {}
