/**
 * Where time, timers, threads and randomness come from. Everything else in the core gets them through its constructor, so
 * that the simulation can supply its own; an architecture test holds all other packages to that. What is mounted on the machine is
 * told here too, for all who remove directories.
 */
@NullMarked
package io.orchestrator.core.env;

import org.jspecify.annotations.NullMarked;
