/**
 * A picture in VP8 (RFC 6386), 640x360 in three temporal layers, that a decoder can show: a key frame, and what comes after it
 * over and over, of which those in higher layers can be left out. What is missing to the size of a frame may be zeros, which
 * no decoder reads. Made once by the encoder of Chromium.
 */
const KEY =
  '8EAAnQEqgAJoATk5ABUcJAwsLETMJEDgDdwGG8B8B/AfsD+z38o//8p7fYTwP0BqvwWmbC3/gEfv/AI/f+AR+/8Aj9/4BH7/wCP3/gEfv/AI/f+AR+/8Aj9/4BH7/wCP3/gEfv/AI/f+AR+/8Aj9/4BH7/wCP3/gEfv/AI/f+AR+/3Eeq+TqIBob8pUx1HEtPlUij9/4BH7/wCPmYv4BH7/ctd9pRNSuNEwCP3/gDLmECXydRANDdDk78KuNEwCP3/gEfv+52shzGiOWt5i/gEfv/AI/f+AR+/3LW8xfv6HB7hImAR+/8Aj9/4BH78Avna0sRw1ta77SialcaJgEfv/AGXMIdqpBDg9wkTAI/f+AR+/8Aj9+AXztaWI4a2td9pRNSuNEwCP3/gDLmEQaG/KVMh/1cxomAR+/8Aj9/4BH7SGyb/sd3O1pYu8Aj9/4BH7/wCMeq+TqIBob8pUx1HGYij9/4BH7/wCP3/gEfv/AI/f+AR+/8Aj9/4BH7/cR6r5OogGhvylTHUcVxZSpjqOJafKpFH7/wCP34BgBH7/wCP3+5a77SialcaJgEfMxfwCP3/gEftIbJv+x3gEfv/AGXqOK4spUx1HFcWUqY6jiuLKVhb/wCP3/gEfv/AI/f+AR+/8Aj9/4BH7/wCP3/gEfv/AI/f+AR+/8Aj9/4BH7/wCP3/gEfv/AI/f+AR+zAP7vDdk2EroOxnuAItmgbyj7ThdWls/ZrfwDqq/eRH/8Nd4He0KsL+8GMVMa0s3LU1w3cxVeQF/lVXSVzp4AMaFYrrb8IW9AZvHsMig7o5CNQlkW+57e6Hxq98OR+0lPAg0smHEwNjbJwEOR95XtS6oXzoiml1ptg1iGG6G7Pa7ZZQH38QA=';

/** Of the layers 0, 2, 1 and 2. */
const FOLLOWING = [
  '8RoA5Lj4U8evEE9PsQov4/QAO1gsN4D4d+A/az+A/sXJe36UEN/4h478Q8PALbpw4dzhw7nDh3OHDucOHc4cO5r5COezabpw2nszvkZ0ELAh+qFc4WyMhHPZprpqcOFG7LGv2NDtbgRiJ9RodXyTsiSdpw2vJO0Z5ecNURSU5S7nDKObTdOHa+q04SRhIqhXOFLVBHPZtN04eLzh1CT4C84UtUEc9m03ThtRp0ezTy83ehN+pnDoEQWv2NDJN04bUadHs2m6cNqWcodzhzPU4cO6llDucOZ6agD+6QcUQtYm14e+Zkg45sLCF431lzh595N/+cO7PO0C9cHelKmkhyay/pK0TWnbRtYFmFK9oyzXfm1J+Uk0iFxbTudv11fRvoIGBqAWHeMr0u1zsMP81RgIefbeJcjpZ71i3Jzmj4l1Jeax8fnHnKy0Oz/P9s8cffdLjfXWYA==',
  'URkADhwkDCwsRMwkQcAABu4DDeA+A/gP4e/gP6AyXqC1X7BQn9goKAHUngoUTwUKJ4KFE8FCieChRPBP5Rqgongc1UE/2fRNKZFzzhQ6evsaoJ/AmFE60xO7VQngnbk8HgTCidaYndqoTwTtyeDwJhROtMTu1UJ4J25mongdI0yJJ9UJHMUKIlmxqgongc1Ux9E8FCieCQ8NqJ4HNVBRPA5qoJ/s+gXs+LnnCLnm+qE8BTwOaqCieBzVQUTwOmmieChRPBQongoUTwUJiP7jQcR2vV/dU8R2vJ4yICq8zYKvhvf/P+vWlubhP/natj7AFAl/YOlZXnj3bJIfxsU8wMmiIe+yHTIJ32/TGC9XYiVbQbjeQ9xvIe43kPcb2V9+p4XpKNttaE22tCbbWhNstA==',
  'URkADhwkDCwsRMwkQcAQG7gMN4D4D+A/h7+A/oDJeoLVfsFCf2CgoAdSeChRPBQongoUTwUKJ4KFE8E/lGqCieBzVQT/Z9E0pkXPOFDp6+xqgn8CYUTrTE7tVCeCduTweBMKJ1pid2qhPBO3J4PAmFE60xO7VQngnbmaieB0jTIkn1QkcxQoiWbGqCieBzVTH0TwUKJ4JDw2ongc1UFE8Dmqgn+z6Bez4uecIueb6oTwFPA5qoKJ4HNVBRPA6aaJ4KFE8FCieChRPBQmIP7jQcR2vV/dU8R2vJ4yICq8zYKvhvf/P+vWlubhP/natj7AFAl/YOlZXnj3bJIfxsU8wMmiIe+yHTIJ32/TGC9XYiVbQbjeQ9xvIe43kPcb2V9+p4XpKNttaE22tCbbWhNstA==',
  'URkADhwkDCwsRMwkQcAABu4DDeA+A/gP4e/gP6AyXqC1X7BQn9goKAHUngoUTwUKJ4KFE8FCieChRPBP5Rqgongc1UE/2fRNKZFzzhQ6evsaoJ/AmFE60xO7VQngnbk8HgTCidaYndqoTwTtyeDwJhROtMTu1UJ4J25mongdI0yJJ9UJHMUKIlmxqgongc1Ux9E8FCieCQ8NqJ4HNVBRPA5qoJ/s+gXs+LnnCLnm+qE8BTwOaqCieBzVQUTwOmmieChRPBQongoUTwUJiP7jQcR2vV/dU8R2vJ4yICq8zYKvhvf/P+vWlubhP/natj7AFAl/YOlZXnj3bJIfxsU8wMmiIe+yHTIJ32/TGC9XYiVbQbjeQ9xvIe43kPcb2V9+p4XpKNttaE22tCbbWhNstA==',
];

const [key, following] = [Buffer.from(KEY, 'base64'), FOLLOWING.map((text) => Buffer.from(text, 'base64'))];

/** What a frame begins with, by its place in a reel. */
export function pictureAt(place: number, isKey: boolean): Buffer {
  return isKey ? key : (following[place % following.length] ?? key);
}
