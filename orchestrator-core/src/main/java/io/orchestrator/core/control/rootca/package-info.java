/** Tells pods whom to trust: the config map {@code kube-root-ca.crt} in every namespace. One key per namespace. */
@NullMarked
package io.orchestrator.core.control.rootca;

import org.jspecify.annotations.NullMarked;
