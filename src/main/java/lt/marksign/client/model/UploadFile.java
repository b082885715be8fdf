package lt.marksign.client.model;

import lt.marksign.client.error.MarkSignValidationException;

/**
 * A file to upload, with its name.
 *
 * @param content the content of the file
 * @param name the name of the file, such as {@code contract.pdf}, which becomes the document's title
 */
public record UploadFile(FileContent content, String name) {
    /**
     * Creates a file.
     *
     * @throws MarkSignValidationException if the content is null, or the name is null or blank or contains control characters
     */
    public UploadFile {
        if (content == null) {
            throw new MarkSignValidationException("content", "must not be null");
        }
        if (name == null || name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new MarkSignValidationException("filename", "must not be null or blank, or have control characters");
        }
    }

    /** Hides both, because a file's name often contains a person's name. */
    @Override
    public String toString() {
        return "*";
    }
}
