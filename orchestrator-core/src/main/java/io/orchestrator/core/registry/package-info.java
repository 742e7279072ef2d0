/**
 * The API without HTTP: the verbs on objects, with what Kubernetes promises of them. {@link
 * io.orchestrator.core.registry.Registry} is the only door; a {@link io.orchestrator.core.registry.Catalog} says which
 * kinds there are and what is particular to each. Where objects stand in the store is said by {@link
 * io.orchestrator.core.registry.StoreKeys} alone, also to whoever reads it before a registry stands on it.
 *
 * <p><b>Threading.</b> Everything here is safe for concurrent use and holds no lock over a call of the store, of an
 * admission step, or of a watcher. State lives in four places: the store, the watch caches ({@code registry.cache}),
 * the address ranges ({@code registry.address}), and what definitions add to the catalog ({@code registry.custom}).
 *
 * <p><b>Neighbours.</b> Below: {@code spi.store}, {@code core.codec}, {@code core.patch}. Above: {@code core.client} and the
 * API server. Controllers, scheduler and agents never see this package.
 */
@NullMarked
package io.orchestrator.core.registry;

import org.jspecify.annotations.NullMarked;
