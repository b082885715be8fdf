package lt.marksign.client.model;

import lt.marksign.client.error.MarkSignValidationException;

/**
 * A file that is uploaded under a name.
 *
 * @param content what is in it
 * @param name its name, such as {@code contract.pdf}, which becomes the document's title
 */
public record UploadFile(FileContent content, String name) {
    /**
     * Makes a file.
     *
     * @throws MarkSignValidationException if the content is null, or the name is null or blank or has control characters in it
     */
    public UploadFile {
        if (content == null) {
            throw new MarkSignValidationException("content", "must not be null");
        }
        if (name == null || name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new MarkSignValidationException("filename", "must not be null or blank, or have control characters");
        }
    }

    /** Shows neither, for a file's name often has a person's name in it. */
    @Override
    public String toString() {
        return "*";
    }
}
