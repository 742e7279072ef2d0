package io.orchestrator.api.model.core;

/** Values of namespace condition type. */
public final class NamespaceConditionType {
    public static final String NAMESPACE_DELETION_DISCOVERY_FAILURE = "NamespaceDeletionDiscoveryFailure";
    public static final String NAMESPACE_DELETION_CONTENT_FAILURE = "NamespaceDeletionContentFailure";
    public static final String NAMESPACE_DELETION_GROUP_VERSION_PARSING_FAILURE =
            "NamespaceDeletionGroupVersionParsingFailure";
    public static final String NAMESPACE_CONTENT_REMAINING = "NamespaceContentRemaining";
    public static final String NAMESPACE_FINALIZERS_REMAINING = "NamespaceFinalizersRemaining";

    private NamespaceConditionType() {}
}
