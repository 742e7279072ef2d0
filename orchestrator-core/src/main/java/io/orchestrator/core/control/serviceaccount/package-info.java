/** Sees to it that every namespace has its {@code default} service account. One key per namespace. */
@NullMarked
package io.orchestrator.core.control.serviceaccount;

import org.jspecify.annotations.NullMarked;
