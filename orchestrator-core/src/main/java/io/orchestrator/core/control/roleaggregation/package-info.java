/** Puts cluster roles together from others that their aggregation rule selects. One key per cluster role. */
@NullMarked
package io.orchestrator.core.control.roleaggregation;

import org.jspecify.annotations.NullMarked;
