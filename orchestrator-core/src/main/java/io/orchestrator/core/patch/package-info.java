/**
 * The patches of the API: JSON patch, merge patch, strategic merge patch. They work on JSON trees and never change what they
 * are given. Stateless; neighbours are the schema, which tells the merge keys, and the codec.
 */
@NullMarked
package io.orchestrator.core.patch;

import org.jspecify.annotations.NullMarked;
