/**
 * What objects cost a resource quota. Pure functions over records, for admission, which charges, and for the controller, which
 * counts again.
 */
@NullMarked
package io.orchestrator.core.quota;

import org.jspecify.annotations.NullMarked;
