/** An etcd of a test's own, alone or three together, to be killed, frozen and started again. */
@NullMarked
package io.orchestrator.testkit.etcd;

import org.jspecify.annotations.NullMarked;
