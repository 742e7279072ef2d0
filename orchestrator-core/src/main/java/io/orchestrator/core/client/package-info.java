/**
 * The client's side of watches: {@link io.orchestrator.core.client.Informer} keeps a cache of one kind current over any
 * {@link io.orchestrator.api.client.ApiTransport}, {@link io.orchestrator.core.client.SharedInformers} has one of them per
 * kind for everybody in the process.
 *
 * <p><b>Threads.</b> An informer's state belongs to its {@link io.orchestrator.core.client.Mailbox}: list answers, watch
 * events and new handlers pass through it one at a time, on whichever thread brings them. Readers see the cache through a
 * read lock. Nothing foreign is called under a lock.
 */
@NullMarked
package io.orchestrator.core.client;

import org.jspecify.annotations.NullMarked;
