/** Random input for property tests, made from a seed so that a failure can be repeated. */
@NullMarked
package io.orchestrator.testkit.generate;

import org.jspecify.annotations.NullMarked;
