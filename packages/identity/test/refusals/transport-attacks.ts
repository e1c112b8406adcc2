/** Attacks on the Authorization header and on the encoding of the token. */
import { mint } from '../kit/mint.ts'
import { type Attack, claimsText, headerText, text } from './attack.ts'

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth)
}

export const transport: readonly Attack[] = [
  ['an empty header', 'scheme_unsupported', () => ({ authorization: '' })],
  ['only spaces', 'scheme_unsupported', () => ({ authorization: '   ' })],
  ['the scheme alone', 'authorization_malformed', () => ({ authorization: 'Bearer' })],
  ['the scheme and a space', 'authorization_malformed', () => ({ authorization: 'Bearer ' })],
  ['a token without scheme', 'scheme_unsupported', (shape) => ({ authorization: mint(shape).replaceAll('.', '@') })],
  ['a bare token', 'scheme_unsupported', (shape) => ({ authorization: mint(shape) })],
  ['no space after the scheme', 'scheme_unsupported', (shape) => ({ authorization: `Bearer${mint(shape)}` })],
  ['a tab after the scheme', 'scheme_unsupported', (shape) => ({ authorization: `Bearer\t${mint(shape)}` })],
  ['a space before the scheme', 'scheme_unsupported', (shape) => ({ authorization: ` Bearer ${mint(shape)}` })],
  ['a space after the token', 'authorization_malformed', (shape) => ({ authorization: `Bearer ${mint(shape)} ` })],
  ['a newline after the token', 'authorization_malformed', (shape) => ({ authorization: `Bearer ${mint(shape)}\n` })],
  ['a NUL in the token', 'authorization_malformed', (shape) => ({ authorization: `Bearer ${mint(shape)}\0` })],
  ['quotes around the token', 'authorization_malformed', (shape) => ({ authorization: `Bearer "${mint(shape)}"` })],
  [
    'a parameter after the token',
    'authorization_malformed',
    (shape) => ({ authorization: `Bearer ${mint(shape)}, a=b` }),
  ],
  [
    'a comma, as gateways join two headers',
    'authorization_malformed',
    (shape) => ({ authorization: `Bearer ${mint(shape)},Bearer ${mint(shape)}` }),
  ],
  [
    'two headers in a list',
    'authorization_repeated',
    (shape) => ({ authorization: [`Bearer ${mint(shape)}`, 'Bearer x'] }),
  ],
  [
    'one header twice in a list',
    'authorization_repeated',
    (shape) => ({ authorization: [`Bearer ${mint(shape)}`, `Bearer ${mint(shape)}`] }),
  ],
  [
    'two headers in two spellings',
    'authorization_repeated',
    (shape) => ({ authorization: `Bearer ${mint(shape)}`, Authorization: 'Basic eDp5' }),
  ],
  ['Basic', 'scheme_unsupported', () => ({ authorization: 'Basic eDp5' })],
  ['Negotiate', 'scheme_unsupported', (shape) => ({ authorization: `Negotiate ${mint(shape)}` })],
  ['the scheme of another language', 'scheme_unsupported', (shape) => ({ authorization: `Веarer ${mint(shape)}` })],
  ['8,193 characters', 'token_too_long', text((token) => `${token}${'A'.repeat(8193 - token.length)}`)],
  ['a megabyte', 'token_too_long', text((token) => token + 'A'.repeat(1_000_000))],
  ['a megabyte of dots', 'token_too_long', () => ({ authorization: `Bearer ${'.'.repeat(1_000_000)}` })],
  ['one segment', 'token_malformed', text((token) => token.replaceAll('.', ''))],
  ['two segments', 'token_malformed', text((token) => token.slice(0, token.lastIndexOf('.')))],
  ['four segments', 'token_malformed', text((token) => `${token}.AAAA`)],
  ['five segments, as encrypted tokens have', 'token_malformed', text((token) => `${token}.AAAA.AAAA`)],
  ['an empty header segment', 'token_malformed', text((token) => token.slice(token.indexOf('.')))],
  ['an empty payload segment', 'token_malformed', text((token) => token.replace(/\..*\./, '..'))],
  ['an empty signature segment', 'token_malformed', text((token) => token.replace(/[^.]*$/, ''))],
  ['padding', 'token_malformed', text((token) => `${token}==`)],
  ['padding inside', 'authorization_malformed', text((token) => token.replace('.', '=.'))],
  ['a plus', 'token_malformed', text((token) => token.replace(/.$/, '+'))],
  ['a slash', 'token_malformed', text((token) => token.replace(/.$/, '/'))],
  ['a tilde', 'token_malformed', text((token) => token.replace('.', '~.'))],
  ['unused bits in the signature', 'base64url_not_canonical', text((token) => token.replace(/.$/, nextCharacter))],
  ['a segment of impossible length', 'base64url_not_canonical', text((token) => token.replace(/^[^.]*/, 'AAAAA'))],
  [
    'bytes that are no UTF-8',
    'utf8_invalid',
    claimsText((json) =>
      Buffer.concat([
        Buffer.from(json.slice(0, -1)),
        Buffer.from(',"z":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}'),
      ]),
    ),
  ],
  [
    'an overlong UTF-8 slash',
    'utf8_invalid',
    claimsText((json) =>
      Buffer.concat([
        Buffer.from(json.slice(0, -1)),
        Buffer.from(',"z":"'),
        Buffer.from([0xc0, 0xaf]),
        Buffer.from('"}'),
      ]),
    ),
  ],
  ['UTF-16', 'json_invalid', claimsText((json) => Buffer.from(json, 'utf16le'))],
  ['a byte order mark', 'json_invalid', claimsText((json) => `\uFEFF${json}`)],
  ['a byte order mark in the header', 'json_invalid', headerText((json) => `\uFEFF${json}`)],
  ['an array', 'json_not_object', claimsText((json) => `[${json}]`)],
  ['a string', 'json_not_object', claimsText((json) => JSON.stringify(json))],
  ['null', 'json_not_object', claimsText(() => 'null')],
  ['a number', 'json_not_object', claimsText(() => '7')],
  ['a header that is an array', 'json_not_object', headerText((json) => `[${json}]`)],
  ['a header that is null', 'json_not_object', headerText(() => 'null')],
  ['no JSON', 'json_invalid', claimsText((json) => json.slice(1))],
  ['JSON and more', 'json_invalid', claimsText((json) => `${json}{}`)],
  ['a comment', 'json_invalid', claimsText((json) => `${json}/**/`)],
  ['a trailing comma', 'json_invalid', claimsText((json) => json.replace(/}$/, ',}'))],
  ['NaN', 'json_invalid', claimsText((json) => json.replace(/}$/, ',"z":NaN}'))],
  [
    'a nested token',
    'json_invalid',
    (shape) => ({
      authorization: `Bearer ${mint(shape).replace(/\..*\./, `.${Buffer.from(mint(shape)).toString('base64url')}.`)}`,
    }),
  ],
  ['sub twice', 'json_member_repeated', claimsText((json) => json.replace('{', '{"sub":"victim",'))],
  [
    'sub twice, once with an escape',
    'json_member_repeated',
    claimsText((json) => json.replace('{', '{"s\\u0075b":"victim",')),
  ],
  [
    'sub twice, with space before the colon',
    'json_member_repeated',
    claimsText((json) => json.replace('{', '{"sub" \n:"victim",')),
  ],
  ['exp twice', 'json_member_repeated', claimsText((json) => json.replace(/}$/, ',"exp":9999999999}'))],
  [
    'a member twice, deep inside',
    'json_member_repeated',
    claimsText((json) => json.replace(/}$/, ',"z":[{"a":1,"b":{},"a":2}]}')),
  ],
  ['kid twice', 'json_member_repeated', headerText((json) => json.replace('{', '{"kid":"x",'))],
  ['alg twice', 'json_member_repeated', headerText((json) => json.replace('{', '{"alg":"none",'))],
  ['__proto__', 'json_member_dangerous', claimsText((json) => json.replace('{', '{"__proto__":{"admin":true},'))],
  [
    '__proto__ with an escape',
    'json_member_dangerous',
    claimsText((json) => json.replace('{', '{"__prot\\u006f__":{},')),
  ],
  ['constructor', 'json_member_dangerous', claimsText((json) => json.replace('{', '{"constructor":{"prototype":{}},'))],
  ['constructor alone', 'json_member_dangerous', claimsText((json) => json.replace('{', '{"constructor":1,'))],
  [
    'prototype, deep inside',
    'json_member_dangerous',
    claimsText((json) => json.replace('{', '{"z":[{"prototype":1}],')),
  ],
  ['__proto__ in the header', 'json_member_dangerous', headerText((json) => json.replace('{', '{"__proto__":{},'))],
  ['nesting of 17', 'json_too_deep', claimsText((json) => json.replace('{', `{"z":${nested(16)},`))],
  ['nesting of 2,000', 'json_too_deep', claimsText((json) => json.replace('{', `{"z":${nested(2000)},`))],
  ['nesting in the header', 'json_too_deep', headerText((json) => json.replace('{', `{"z":${nested(1000)},`))],
]

/** The next letter of the alphabet differs in the last bits only. */
function nextCharacter(character: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet.charAt(alphabet.indexOf(character) + 1)
}
