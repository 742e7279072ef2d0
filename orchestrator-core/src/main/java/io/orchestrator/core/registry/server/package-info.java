/**
 * What the server says of itself in objects that are made when they are read: which versions of the API it serves, and how its
 * parts fare. Thread-safe; nothing is stored.
 */
@NullMarked
package io.orchestrator.core.registry.server;

import org.jspecify.annotations.NullMarked;
