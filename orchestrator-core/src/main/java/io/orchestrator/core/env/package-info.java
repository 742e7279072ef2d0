/**
 * Where time, timers, threads and randomness come from. Everything else in the core gets them through its constructor, so
 * that the simulation can supply its own; an architecture test holds all other packages to that.
 */
@NullMarked
package io.orchestrator.core.env;

import org.jspecify.annotations.NullMarked;
