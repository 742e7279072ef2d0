/**
 * The store SPI on etcd. jetcd's own resumption of watches loses events, so a watch here is one stream that is opened again
 * from the last revision seen; every call has a deadline, and a write of unknown outcome is resolved by reading. Callbacks
 * of jetcd hop to an executor of ours at once. What is asked often, a key and a write, goes by jetcd's channel and past the rest of
 * it. No type of jetcd leaves this package.
 */
@NullMarked
package io.orchestrator.store.etcd;

import org.jspecify.annotations.NullMarked;
