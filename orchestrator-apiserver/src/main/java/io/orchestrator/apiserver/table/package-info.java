/**
 * How objects look in {@code kubectl get}: columns and cells per kind, named and worded as users of Kubernetes know them.
 * Pure and thread-safe; the neighbour that writes them out is the parent package.
 */
@NullMarked
package io.orchestrator.apiserver.table;

import org.jspecify.annotations.NullMarked;
