/**
 * The API without HTTP: validation, defaulting, admission, patch, conflicts, finalizers and the watch cache over a store.
 * The only part that reads or writes the store. An object's version is decoded once and encoded at most once, and all
 * readers share it. No lock is held over a call of the store.
 */
@NullMarked
package io.orchestrator.core.registry;

import org.jspecify.annotations.NullMarked;
