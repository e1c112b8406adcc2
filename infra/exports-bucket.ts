import { stage } from './current-stage'

/** Days after which an export is deleted. It can be made again at any time. */
const days = 2

/** The prefix of every object, which is all that the exporter may touch. */
export const exportsPrefix = 'exports/'

/**
 * The archives of exports, and the parts of unfinished ones: private, encrypted, without versions, and deleted after
 * two days. A download is an address that the exporter signs for its owner.
 */
export const exportsBucket = new sst.aws.Bucket('Exports', {
  // Requests without TLS are refused (S3, `aws:SecureTransport`).
  enforceHttps: true,
  // No page reads it: a browser follows an address.
  cors: false,
  versioning: false,
  lifecycle: [{ id: 'expire', expiresIn: `${days} days` }],
  transform: {
    bucket: (args) => {
      // Contents of a stage that is kept are never deleted with a changed definition.
      args.forceDestroy = !stage.keep
    },
    lifecycle: (args) => {
      // Parts of an upload that was never finished are billed, and are listed nowhere (S3, "Multipart upload").
      args.rules = $output(args.rules).apply((rules = []) =>
        rules.map((rule) => ({ ...rule, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } })),
      )
    },
  },
})

new aws.s3.BucketServerSideEncryptionConfiguration('ExportsEncryption', {
  bucket: exportsBucket.name,
  rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
})
