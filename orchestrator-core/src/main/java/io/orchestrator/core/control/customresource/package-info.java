/**
 * Looks after the definitions of custom resources: names that become free, and objects that must go first. Serving them is the
 * registry's business. Level-based like every controller; it reads objects live before it lets a definition go.
 */
@NullMarked
package io.orchestrator.core.control.customresource;

import org.jspecify.annotations.NullMarked;
