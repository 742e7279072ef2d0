/**
 * The records of the core group ({@code v1}): Pod, Service, Node, Namespace, ConfigMap, Secret and their parts. A record
 * component is the only place where a field's wire name, description, default and merge key are written down. Records are
 * immutable and know nothing about storage, HTTP or controllers.
 */
@NullMarked
package io.orchestrator.api.model.core;

import org.jspecify.annotations.NullMarked;
