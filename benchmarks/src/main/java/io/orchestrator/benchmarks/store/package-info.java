/** The stores: in memory beside bare maps, on etcd beside bare jetcd. */
@NullMarked
package io.orchestrator.benchmarks.store;

import org.jspecify.annotations.NullMarked;
