/**
 * The implementations of the client: in process, which hands out the registry's own records without a copy, and over HTTP;
 * and the informers that keep a cache of a kind up to date through list and watch.
 */
@NullMarked
package io.orchestrator.core.client;

import org.jspecify.annotations.NullMarked;
