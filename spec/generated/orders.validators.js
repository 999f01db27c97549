// Made by `npm run generate` from spec/orders.openapi.yaml. Do not edit.
"use strict";
export const validateCartOrder = validate21;
const schema6 = {"type":"object","additionalProperties":false,"required":["customer","items","total"],"properties":{"orderId":{"$ref":"OrderId"},"customer":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"$ref":"ShortText"}},{"if":{"type":"object"},"then":{"$ref":"Customer"}}]},"items":{"type":"array","minItems":1,"maxItems":99,"items":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"$ref":"ShortText"}},{"if":{"type":"object"},"then":{"$ref":"Item"}}]}},"total":{"$ref":"Amount"},"currency":{"$ref":"Currency"},"locale":{"$ref":"Locale"},"metadata":{"$ref":"Metadata"}},"x-null-is-absent":["orderId","currency","locale","metadata"],"$id":"CartOrder"};
const schema7 = {"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$","x-rule":"must be 1 to 64 letters, digits or . _ - and begin with a letter or digit","$id":"OrderId"};
const pattern0 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", "u");

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderId" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern0.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate22.errors = vErrors;
return errors === 0;
}

const schema8 = {"type":"string","maxLength":255,"pattern":"^(?![\\s\\p{Z}\\p{M}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800]*$)[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$","x-rule":"must have something to read, and no control characters, lone surrogates or noncharacters","$id":"ShortText"};
const func2 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };
const pattern1 = new RegExp("^(?![\\s\\p{Z}\\p{M}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800]*$)[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$", "u");

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ShortText" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 255){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 255}};
errors = (vErrors ??= []).push(err0);
}
if(!pattern1.test(data)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^(?![\\s\\p{Z}\\p{M}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800]*$)[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
validate24.errors = vErrors;
return errors === 0;
}

const schema9 = {"type":"object","additionalProperties":false,"required":["email"],"properties":{"name":{"$ref":"ShortText"},"email":{"$ref":"Email"}},"x-null-is-absent":["name"],"$id":"Customer"};
const schema10 = {"type":"string","maxLength":254,"pattern":"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$","x-rule":"must be an e-mail address","$id":"Email"};
const pattern2 = new RegExp("^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$", "u");

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Email" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 254){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 254}};
errors = (vErrors ??= []).push(err0);
}
if(!pattern2.test(data)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$"}};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
validate28.errors = vErrors;
return errors === 0;
}


function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Customer" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === null){
delete data.name;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.email === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "email"}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!((key0 === "name") || (key0 === "email"))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.name !== undefined){
if(!(validate24(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.email !== undefined){
if(!(validate28(data.email, {instancePath:instancePath+"/email",parentData:data,parentDataProperty:"email",rootData}))){
vErrors ??= [];
for (const error of validate28.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err2);
}
validate26.errors = vErrors;
return errors === 0;
}

const schema11 = {"type":"object","additionalProperties":false,"required":["productName","quantity"],"properties":{"productId":{"$ref":"ProductId"},"productName":{"$ref":"ShortText"},"quantity":{"$ref":"Quantity"},"unitPrice":{"$ref":"Amount"}},"x-null-is-absent":["productId","unitPrice"],"$id":"Item"};
const schema12 = {"type":"string","pattern":"^[!-~]{1,64}$","x-rule":"must be 1 to 64 visible ASCII characters","$id":"ProductId"};
const pattern3 = new RegExp("^[!-~]{1,64}$", "u");

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ProductId" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern3.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^[!-~]{1,64}$"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate33.errors = vErrors;
return errors === 0;
}

const schema13 = {"type":"integer","minimum":1,"maximum":10000,"$id":"Quantity"};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Quantity" */;
let vErrors = null;
let errors = 0;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,keyword:"type",params:{type: "integer"}};
errors = (vErrors ??= []).push(err0);
}
if((typeof data == "number") && (isFinite(data))){
if(data > 10000 || isNaN(data)){
const err1 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 10000}};
errors = (vErrors ??= []).push(err1);
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: 1}};
errors = (vErrors ??= []).push(err2);
}
}
validate36.errors = vErrors;
return errors === 0;
}

const schema14 = {"type":"number","minimum":0,"maximum":1000000000,"not":{"exclusiveMinimum":0,"exclusiveMaximum":0.000001},"$id":"Amount"};

function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Amount" */;
let vErrors = null;
let errors = 0;
const _errs1 = errors;
const _errs2 = errors;
if((typeof data == "number") && (isFinite(data))){
if(data >= 0.000001 || isNaN(data)){
const err0 = {};
errors = (vErrors ??= []).push(err0);
}
else {
if(data <= 0 || isNaN(data)){
const err1 = {};
errors = (vErrors ??= []).push(err1);
}
}
}
var valid0 = _errs2 === errors;
if(valid0){
const err2 = {instancePath,keyword:"not",params:{}};
errors = (vErrors ??= []).push(err2);
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if((typeof data == "number") && (isFinite(data))){
if(data > 1000000000 || isNaN(data)){
const err3 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 1000000000}};
errors = (vErrors ??= []).push(err3);
}
if(data < 0 || isNaN(data)){
const err4 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: 0}};
errors = (vErrors ??= []).push(err4);
}
}
else {
const err5 = {instancePath,keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err5);
}
validate38.errors = vErrors;
return errors === 0;
}


function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Item" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.productId === null){
delete data.productId;
}
if(data.unitPrice === null){
delete data.unitPrice;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.productName === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "productName"}};
errors = (vErrors ??= []).push(err0);
}
if(data.quantity === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err1);
}
for(const key0 in data){
if(!((((key0 === "productId") || (key0 === "productName")) || (key0 === "quantity")) || (key0 === "unitPrice"))){
const err2 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.productId !== undefined){
if(!(validate33(data.productId, {instancePath:instancePath+"/productId",parentData:data,parentDataProperty:"productId",rootData}))){
vErrors ??= [];
for (const error of validate33.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.productName !== undefined){
if(!(validate24(data.productName, {instancePath:instancePath+"/productName",parentData:data,parentDataProperty:"productName",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.quantity !== undefined){
if(!(validate36(data.quantity, {instancePath:instancePath+"/quantity",parentData:data,parentDataProperty:"quantity",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.unitPrice !== undefined){
if(!(validate38(data.unitPrice, {instancePath:instancePath+"/unitPrice",parentData:data,parentDataProperty:"unitPrice",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err3);
}
validate32.errors = vErrors;
return errors === 0;
}

const schema15 = {"type":"string","format":"iso-4217","$id":"Currency"};
const formats0 = /^(?:AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BOV|BRL|BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHE|CHF|CHW|CLF|CLP|CNY|COP|COU|CRC|CUC|CUP|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MXV|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|USN|UYI|UYU|UYW|UZS|VED|VES|VND|VUV|WST|XAD|XAF|XAG|XAU|XBA|XBB|XBC|XBD|XCD|XCG|XDR|XOF|XPD|XPF|XPT|XSU|XTS|XUA|XXX|YER|ZAR|ZMW|ZWG)$/i;

function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Currency" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!(formats0.test(data))){
const err0 = {instancePath,keyword:"format",params:{format: "iso-4217"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate42.errors = vErrors;
return errors === 0;
}

const schema16 = {"type":"string","pattern":"^[\\w-]{2,35}$","x-rule":"must be like de-AT","$id":"Locale"};
const pattern4 = new RegExp("^[\\w-]{2,35}$", "u");

function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Locale" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern4.test(data)){
const err0 = {instancePath,keyword:"pattern",params:{pattern: "^[\\w-]{2,35}$"}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate44.errors = vErrors;
return errors === 0;
}

const schema17 = {"type":"object","maxProperties":50,"propertyNames":{"type":"string","pattern":"^(?!(?:__proto__|constructor)$)[A-Za-z0-9_.:-]{1,64}$","x-rule":"must be named with 1 to 64 letters, digits or _ . : -, and not as objects name their own members"},"additionalProperties":{"$ref":"Note"},"x-null-is-absent":true,"$id":"Metadata"};
const pattern5 = new RegExp("^(?!(?:__proto__|constructor)$)[A-Za-z0-9_.:-]{1,64}$", "u");
const schema18 = {"type":["string","number","boolean"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","maxLength":500,"pattern":"^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\p{Cs}\\p{Noncharacter_Code_Point}]*$","x-rule":"must not have control characters other than line breaks and tabs, lone surrogates or noncharacters"}},{"if":{"type":"number"},"then":{"type":"number","minimum":-9007199254740991,"maximum":9007199254740991,"not":{"exclusiveMinimum":-0.000001,"exclusiveMaximum":0.000001,"not":{"const":0}}}},{"if":{"type":"boolean"},"then":{"type":"boolean"}}],"$id":"Note"};
const pattern6 = new RegExp("^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\p{Cs}\\p{Noncharacter_Code_Point}]*$", "u");

function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Note" */;
let vErrors = null;
let errors = 0;
if(((typeof data !== "string") && (!((typeof data == "number") && (isFinite(data))))) && (typeof data !== "boolean")){
const err0 = {instancePath,keyword:"type",params:{type: schema18.type}};
errors = (vErrors ??= []).push(err0);
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(typeof data !== "string"){
const err1 = {};
errors = (vErrors ??= []).push(err1);
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(typeof data === "string"){
if(func2(data) > 500){
const err2 = {instancePath,keyword:"maxLength",params:{limit: 500}};
errors = (vErrors ??= []).push(err2);
}
if(!pattern6.test(data)){
const err3 = {instancePath,keyword:"pattern",params:{pattern: "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}};
errors = (vErrors ??= []).push(err3);
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err5 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err5);
}
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!((typeof data == "number") && (isFinite(data)))){
const err6 = {};
errors = (vErrors ??= []).push(err6);
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
const _errs13 = errors;
const _errs14 = errors;
const _errs15 = errors;
const _errs16 = errors;
if(0 !== data){
const err7 = {};
errors = (vErrors ??= []).push(err7);
}
var valid4 = _errs16 === errors;
if(valid4){
const err8 = {};
errors = (vErrors ??= []).push(err8);
}
else {
errors = _errs15;
if(vErrors !== null){
if(_errs15){
vErrors.length = _errs15;
}
else {
vErrors = null;
}
}
}
if(errors === _errs14){
if((typeof data == "number") && (isFinite(data))){
if(data >= 0.000001 || isNaN(data)){
const err9 = {};
errors = (vErrors ??= []).push(err9);
}
else {
if(data <= -0.000001 || isNaN(data)){
const err10 = {};
errors = (vErrors ??= []).push(err10);
}
}
}
}
var valid3 = _errs14 === errors;
if(valid3){
const err11 = {instancePath,keyword:"not",params:{}};
errors = (vErrors ??= []).push(err11);
}
else {
errors = _errs13;
if(vErrors !== null){
if(_errs13){
vErrors.length = _errs13;
}
else {
vErrors = null;
}
}
}
if((typeof data == "number") && (isFinite(data))){
if(data > 9007199254740991 || isNaN(data)){
const err12 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991}};
errors = (vErrors ??= []).push(err12);
}
if(data < -9007199254740991 || isNaN(data)){
const err13 = {instancePath,keyword:"minimum",params:{comparison: ">=", limit: -9007199254740991}};
errors = (vErrors ??= []).push(err13);
}
}
else {
const err14 = {instancePath,keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err14);
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
}
if(!valid2){
const err15 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err15);
}
const _errs18 = errors;
let valid5 = true;
const _errs19 = errors;
if(typeof data !== "boolean"){
const err16 = {};
errors = (vErrors ??= []).push(err16);
}
var _valid2 = _errs19 === errors;
errors = _errs18;
if(vErrors !== null){
if(_errs18){
vErrors.length = _errs18;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs21 = errors;
if(typeof data !== "boolean"){
const err17 = {instancePath,keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err17);
}
var _valid2 = _errs21 === errors;
valid5 = _valid2;
}
if(!valid5){
const err18 = {instancePath,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err18);
}
validate47.errors = vErrors;
return errors === 0;
}


function validate46(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Metadata" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const name0 in data){
if(data[name0] === null){
delete data[name0];
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 50){
const err0 = {instancePath,keyword:"maxProperties",params:{limit: 50}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern5.test(key0)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^(?!(?:__proto__|constructor)$)[A-Za-z0-9_.:-]{1,64}$"},propertyName:key0};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"},propertyName:key0};
errors = (vErrors ??= []).push(err2);
}
var valid0 = _errs1 === errors;
if(!valid0){
const err3 = {instancePath,keyword:"propertyNames",params:{propertyName: key0}};
errors = (vErrors ??= []).push(err3);
}
}
for(const key1 in data){
if(!(validate47(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData}))){
vErrors ??= [];
for (const error of validate47.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err4);
}
validate46.errors = vErrors;
return errors === 0;
}


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CartOrder" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderId === null){
delete data.orderId;
}
if(data.currency === null){
delete data.currency;
}
if(data.locale === null){
delete data.locale;
}
if(data.metadata === null){
delete data.metadata;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.customer === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "customer"}};
errors = (vErrors ??= []).push(err0);
}
if(data.items === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "items"}};
errors = (vErrors ??= []).push(err1);
}
if(data.total === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "total"}};
errors = (vErrors ??= []).push(err2);
}
for(const key0 in data){
if(!(((((((key0 === "orderId") || (key0 === "customer")) || (key0 === "items")) || (key0 === "total")) || (key0 === "currency")) || (key0 === "locale")) || (key0 === "metadata"))){
const err3 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, {instancePath:instancePath+"/orderId",parentData:data,parentDataProperty:"orderId",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.customer !== undefined){
let data1 = data.customer;
if((typeof data1 !== "string") && (!(data1 && typeof data1 == "object" && !Array.isArray(data1)))){
const err4 = {instancePath:instancePath+"/customer",keyword:"type",params:{type: schema6.properties.customer.type}};
errors = (vErrors ??= []).push(err4);
}
const _errs6 = errors;
let valid2 = true;
const _errs7 = errors;
if(typeof data1 !== "string"){
const err5 = {};
errors = (vErrors ??= []).push(err5);
}
var _valid0 = _errs7 === errors;
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs9 = errors;
if(!(validate24(data1, {instancePath:instancePath+"/customer",parentData:data,parentDataProperty:"customer",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid0 = _errs9 === errors;
valid2 = _valid0;
}
if(!valid2){
const err6 = {instancePath:instancePath+"/customer",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err6);
}
const _errs11 = errors;
let valid3 = true;
const _errs12 = errors;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err7 = {};
errors = (vErrors ??= []).push(err7);
}
var _valid1 = _errs12 === errors;
errors = _errs11;
if(vErrors !== null){
if(_errs11){
vErrors.length = _errs11;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs14 = errors;
if(!(validate26(data1, {instancePath:instancePath+"/customer",parentData:data,parentDataProperty:"customer",rootData}))){
vErrors ??= [];
for (const error of validate26.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid1 = _errs14 === errors;
valid3 = _valid1;
}
if(!valid3){
const err8 = {instancePath:instancePath+"/customer",keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err8);
}
}
if(data.items !== undefined){
let data2 = data.items;
if(Array.isArray(data2)){
if(data2.length > 99){
const err9 = {instancePath:instancePath+"/items",keyword:"maxItems",params:{limit: 99}};
errors = (vErrors ??= []).push(err9);
}
if(data2.length < 1){
const err10 = {instancePath:instancePath+"/items",keyword:"minItems",params:{limit: 1}};
errors = (vErrors ??= []).push(err10);
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if((typeof data3 !== "string") && (!(data3 && typeof data3 == "object" && !Array.isArray(data3)))){
const err11 = {instancePath:instancePath+"/items/" + i0,keyword:"type",params:{type: schema6.properties.items.items.type}};
errors = (vErrors ??= []).push(err11);
}
const _errs20 = errors;
let valid7 = true;
const _errs21 = errors;
if(typeof data3 !== "string"){
const err12 = {};
errors = (vErrors ??= []).push(err12);
}
var _valid2 = _errs21 === errors;
errors = _errs20;
if(vErrors !== null){
if(_errs20){
vErrors.length = _errs20;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs23 = errors;
if(!(validate24(data3, {instancePath:instancePath+"/items/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid2 = _errs23 === errors;
valid7 = _valid2;
}
if(!valid7){
const err13 = {instancePath:instancePath+"/items/" + i0,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err13);
}
const _errs25 = errors;
let valid8 = true;
const _errs26 = errors;
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
const err14 = {};
errors = (vErrors ??= []).push(err14);
}
var _valid3 = _errs26 === errors;
errors = _errs25;
if(vErrors !== null){
if(_errs25){
vErrors.length = _errs25;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs28 = errors;
if(!(validate32(data3, {instancePath:instancePath+"/items/" + i0,parentData:data2,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate32.errors) vErrors.push(error);
errors = vErrors.length;
}
var _valid3 = _errs28 === errors;
valid8 = _valid3;
}
if(!valid8){
const err15 = {instancePath:instancePath+"/items/" + i0,keyword:"if",params:{failingKeyword: "then"}};
errors = (vErrors ??= []).push(err15);
}
}
}
else {
const err16 = {instancePath:instancePath+"/items",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err16);
}
}
if(data.total !== undefined){
if(!(validate38(data.total, {instancePath:instancePath+"/total",parentData:data,parentDataProperty:"total",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.currency !== undefined){
if(!(validate42(data.currency, {instancePath:instancePath+"/currency",parentData:data,parentDataProperty:"currency",rootData}))){
vErrors ??= [];
for (const error of validate42.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.locale !== undefined){
if(!(validate44(data.locale, {instancePath:instancePath+"/locale",parentData:data,parentDataProperty:"locale",rootData}))){
vErrors ??= [];
for (const error of validate44.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.metadata !== undefined){
if(!(validate46(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData}))){
vErrors ??= [];
for (const error of validate46.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err17);
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateProductOrder = validate50;
const schema19 = {"type":"object","additionalProperties":false,"required":["productId","productName","quantity","customerEmail"],"properties":{"orderId":{"$ref":"OrderId"},"productId":{"$ref":"ProductId"},"productName":{"$ref":"ShortText"},"quantity":{"$ref":"Quantity"},"customerEmail":{"$ref":"Email"}},"x-null-is-absent":["orderId"],"$id":"ProductOrder"};

function validate50(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="ProductOrder" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderId === null){
delete data.orderId;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.productId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "productId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.productName === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "productName"}};
errors = (vErrors ??= []).push(err1);
}
if(data.quantity === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err2);
}
if(data.customerEmail === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "customerEmail"}};
errors = (vErrors ??= []).push(err3);
}
for(const key0 in data){
if(!(((((key0 === "orderId") || (key0 === "productId")) || (key0 === "productName")) || (key0 === "quantity")) || (key0 === "customerEmail"))){
const err4 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, {instancePath:instancePath+"/orderId",parentData:data,parentDataProperty:"orderId",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.productId !== undefined){
if(!(validate33(data.productId, {instancePath:instancePath+"/productId",parentData:data,parentDataProperty:"productId",rootData}))){
vErrors ??= [];
for (const error of validate33.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.productName !== undefined){
if(!(validate24(data.productName, {instancePath:instancePath+"/productName",parentData:data,parentDataProperty:"productName",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.quantity !== undefined){
if(!(validate36(data.quantity, {instancePath:instancePath+"/quantity",parentData:data,parentDataProperty:"quantity",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.customerEmail !== undefined){
if(!(validate28(data.customerEmail, {instancePath:instancePath+"/customerEmail",parentData:data,parentDataProperty:"customerEmail",rootData}))){
vErrors ??= [];
for (const error of validate28.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err5);
}
validate50.errors = vErrors;
return errors === 0;
}

export const validateCheckoutOrder = validate56;
const schema20 = {"type":"object","additionalProperties":false,"required":["orderId","customer","items","fulfillments","totals","total","currency","checkout"],"properties":{"orderId":{"$ref":"OrderId"},"customer":{"$ref":"Buyer"},"billingAddress":{"$ref":"PostalAddress"},"items":{"type":"array","minItems":1,"maxItems":99,"items":{"$ref":"CheckoutItem"}},"fulfillments":{"type":"array","maxItems":99,"items":{"$ref":"Fulfillment"}},"taxes":{"type":"array","items":{"$ref":"Tax"}},"taxIncluded":{"type":"boolean"},"totals":{"type":"array","minItems":1,"items":{"$ref":"OrderTotal"}},"total":{"$ref":"Amount"},"currency":{"$ref":"Currency"},"locale":{"$ref":"Locale"},"notes":{"type":"string","maxLength":5000},"payment":{"$ref":"Payment"},"checkout":{"type":"object","additionalProperties":false,"required":["sessionId"],"properties":{"sessionId":{"type":"string"},"clientId":{"type":"string"}},"x-null-is-absent":["clientId"]},"metadata":{"$ref":"Metadata"}},"x-null-is-absent":["billingAddress","taxes","taxIncluded","locale","notes","payment","metadata"],"$id":"CheckoutOrder"};
const func5 = Object.prototype.hasOwnProperty;
const schema21 = {"type":"object","additionalProperties":false,"required":["email"],"properties":{"name":{"$ref":"ShortText"},"email":{"$ref":"ShortText"},"phone":{"$ref":"ShortText"},"company":{"$ref":"ShortText"},"taxId":{"$ref":"ShortText"}},"x-null-is-absent":["name","phone","company","taxId"],"$id":"Buyer"};

function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Buyer" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === null){
delete data.name;
}
if(data.phone === null){
delete data.phone;
}
if(data.company === null){
delete data.company;
}
if(data.taxId === null){
delete data.taxId;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.email === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "email"}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!(((((key0 === "name") || (key0 === "email")) || (key0 === "phone")) || (key0 === "company")) || (key0 === "taxId"))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.name !== undefined){
if(!(validate24(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.email !== undefined){
if(!(validate24(data.email, {instancePath:instancePath+"/email",parentData:data,parentDataProperty:"email",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.phone !== undefined){
if(!(validate24(data.phone, {instancePath:instancePath+"/phone",parentData:data,parentDataProperty:"phone",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.company !== undefined){
if(!(validate24(data.company, {instancePath:instancePath+"/company",parentData:data,parentDataProperty:"company",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.taxId !== undefined){
if(!(validate24(data.taxId, {instancePath:instancePath+"/taxId",parentData:data,parentDataProperty:"taxId",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err2);
}
validate58.errors = vErrors;
return errors === 0;
}

const schema22 = {"type":"object","additionalProperties":false,"required":["line1","city","postalCode","country"],"properties":{"name":{"$ref":"ShortText"},"company":{"$ref":"ShortText"},"line1":{"$ref":"AddressText"},"line2":{"$ref":"AddressText"},"city":{"$ref":"AddressText"},"region":{"$ref":"AddressText"},"postalCode":{"$ref":"AddressText"},"country":{"$ref":"AddressText"}},"x-null-is-absent":["name","company","line2","region"],"$id":"PostalAddress"};
const schema23 = {"type":"string","maxLength":255,"$id":"AddressText"};

function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="AddressText" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 255){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 255}};
errors = (vErrors ??= []).push(err0);
}
}
else {
const err1 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err1);
}
validate68.errors = vErrors;
return errors === 0;
}


function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="PostalAddress" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === null){
delete data.name;
}
if(data.company === null){
delete data.company;
}
if(data.line2 === null){
delete data.line2;
}
if(data.region === null){
delete data.region;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.line1 === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "line1"}};
errors = (vErrors ??= []).push(err0);
}
if(data.city === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "city"}};
errors = (vErrors ??= []).push(err1);
}
if(data.postalCode === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "postalCode"}};
errors = (vErrors ??= []).push(err2);
}
if(data.country === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "country"}};
errors = (vErrors ??= []).push(err3);
}
for(const key0 in data){
if(!((((((((key0 === "name") || (key0 === "company")) || (key0 === "line1")) || (key0 === "line2")) || (key0 === "city")) || (key0 === "region")) || (key0 === "postalCode")) || (key0 === "country"))){
const err4 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.name !== undefined){
if(!(validate24(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.company !== undefined){
if(!(validate24(data.company, {instancePath:instancePath+"/company",parentData:data,parentDataProperty:"company",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.line1 !== undefined){
if(!(validate68(data.line1, {instancePath:instancePath+"/line1",parentData:data,parentDataProperty:"line1",rootData}))){
vErrors ??= [];
for (const error of validate68.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.line2 !== undefined){
if(!(validate68(data.line2, {instancePath:instancePath+"/line2",parentData:data,parentDataProperty:"line2",rootData}))){
vErrors ??= [];
for (const error of validate68.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.city !== undefined){
if(!(validate68(data.city, {instancePath:instancePath+"/city",parentData:data,parentDataProperty:"city",rootData}))){
vErrors ??= [];
for (const error of validate68.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.region !== undefined){
if(!(validate68(data.region, {instancePath:instancePath+"/region",parentData:data,parentDataProperty:"region",rootData}))){
vErrors ??= [];
for (const error of validate68.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.postalCode !== undefined){
if(!(validate68(data.postalCode, {instancePath:instancePath+"/postalCode",parentData:data,parentDataProperty:"postalCode",rootData}))){
vErrors ??= [];
for (const error of validate68.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.country !== undefined){
if(!(validate68(data.country, {instancePath:instancePath+"/country",parentData:data,parentDataProperty:"country",rootData}))){
vErrors ??= [];
for (const error of validate68.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err5);
}
validate65.errors = vErrors;
return errors === 0;
}

const schema24 = {"type":"object","additionalProperties":false,"required":["id","productId","productName","quantity","unitPrice","discount","tax","total"],"properties":{"id":{"type":"string"},"productId":{"$ref":"ProductId"},"productName":{"$ref":"ShortText"},"quantity":{"$ref":"Quantity"},"unitPrice":{"$ref":"Amount"},"discount":{"$ref":"Amount"},"discountCodes":{"type":"array","items":{"type":"string"}},"tax":{"$ref":"Amount"},"taxRate":{"type":"number"},"total":{"$ref":"Amount"}},"x-null-is-absent":["discountCodes","taxRate"],"$id":"CheckoutItem"};

function validate76(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CheckoutItem" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.discountCodes === null){
delete data.discountCodes;
}
if(data.taxRate === null){
delete data.taxRate;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err0);
}
if(data.productId === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "productId"}};
errors = (vErrors ??= []).push(err1);
}
if(data.productName === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "productName"}};
errors = (vErrors ??= []).push(err2);
}
if(data.quantity === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err3);
}
if(data.unitPrice === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "unitPrice"}};
errors = (vErrors ??= []).push(err4);
}
if(data.discount === undefined){
const err5 = {instancePath,keyword:"required",params:{missingProperty: "discount"}};
errors = (vErrors ??= []).push(err5);
}
if(data.tax === undefined){
const err6 = {instancePath,keyword:"required",params:{missingProperty: "tax"}};
errors = (vErrors ??= []).push(err6);
}
if(data.total === undefined){
const err7 = {instancePath,keyword:"required",params:{missingProperty: "total"}};
errors = (vErrors ??= []).push(err7);
}
for(const key0 in data){
if(!(func5.call(schema24.properties, key0))){
const err8 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err8);
}
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
const err9 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err9);
}
}
if(data.productId !== undefined){
if(!(validate33(data.productId, {instancePath:instancePath+"/productId",parentData:data,parentDataProperty:"productId",rootData}))){
vErrors ??= [];
for (const error of validate33.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.productName !== undefined){
if(!(validate24(data.productName, {instancePath:instancePath+"/productName",parentData:data,parentDataProperty:"productName",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.quantity !== undefined){
if(!(validate36(data.quantity, {instancePath:instancePath+"/quantity",parentData:data,parentDataProperty:"quantity",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.unitPrice !== undefined){
if(!(validate38(data.unitPrice, {instancePath:instancePath+"/unitPrice",parentData:data,parentDataProperty:"unitPrice",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.discount !== undefined){
if(!(validate38(data.discount, {instancePath:instancePath+"/discount",parentData:data,parentDataProperty:"discount",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.discountCodes !== undefined){
let data6 = data.discountCodes;
if(Array.isArray(data6)){
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
if(typeof data6[i0] !== "string"){
const err10 = {instancePath:instancePath+"/discountCodes/" + i0,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err10);
}
}
}
else {
const err11 = {instancePath:instancePath+"/discountCodes",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err11);
}
}
if(data.tax !== undefined){
if(!(validate38(data.tax, {instancePath:instancePath+"/tax",parentData:data,parentDataProperty:"tax",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.taxRate !== undefined){
let data9 = data.taxRate;
if(!((typeof data9 == "number") && (isFinite(data9)))){
const err12 = {instancePath:instancePath+"/taxRate",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err12);
}
}
if(data.total !== undefined){
if(!(validate38(data.total, {instancePath:instancePath+"/total",parentData:data,parentDataProperty:"total",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err13);
}
validate76.errors = vErrors;
return errors === 0;
}

const schema25 = {"type":"object","additionalProperties":false,"required":["id","type","title","items","price","discount","tax","total"],"properties":{"id":{"type":"string"},"type":{"type":"string","enum":["shipping","pickup","digital"]},"title":{"$ref":"ShortText"},"items":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["id","quantity"],"properties":{"id":{"type":"string"},"quantity":{"$ref":"Quantity"}}}},"earliest":{"type":"string","format":"date-time"},"latest":{"type":"string","format":"date-time"},"recipient":{"type":"object","additionalProperties":false,"properties":{"name":{"$ref":"ShortText"},"email":{"$ref":"ShortText"},"phone":{"$ref":"ShortText"}},"x-null-is-absent":["name","email","phone"]},"address":{"$ref":"PostalAddress"},"instructions":{"type":"string","maxLength":500},"price":{"$ref":"Amount"},"discount":{"$ref":"Amount"},"discountCodes":{"type":"array","items":{"type":"string"}},"tax":{"$ref":"Amount"},"taxRate":{"type":"number"},"total":{"$ref":"Amount"}},"x-null-is-absent":["earliest","latest","recipient","address","instructions","discountCodes","taxRate"],"$id":"Fulfillment"};
const formats2 = /^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|23:59:60(?:\.\d+)?(?:Z|[+-]00:00))$/i;

function validate85(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Fulfillment" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.earliest === null){
delete data.earliest;
}
if(data.latest === null){
delete data.latest;
}
if(data.recipient === null){
delete data.recipient;
}
if(data.address === null){
delete data.address;
}
if(data.instructions === null){
delete data.instructions;
}
if(data.discountCodes === null){
delete data.discountCodes;
}
if(data.taxRate === null){
delete data.taxRate;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err0);
}
if(data.type === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err1);
}
if(data.title === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "title"}};
errors = (vErrors ??= []).push(err2);
}
if(data.items === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "items"}};
errors = (vErrors ??= []).push(err3);
}
if(data.price === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "price"}};
errors = (vErrors ??= []).push(err4);
}
if(data.discount === undefined){
const err5 = {instancePath,keyword:"required",params:{missingProperty: "discount"}};
errors = (vErrors ??= []).push(err5);
}
if(data.tax === undefined){
const err6 = {instancePath,keyword:"required",params:{missingProperty: "tax"}};
errors = (vErrors ??= []).push(err6);
}
if(data.total === undefined){
const err7 = {instancePath,keyword:"required",params:{missingProperty: "total"}};
errors = (vErrors ??= []).push(err7);
}
for(const key0 in data){
if(!(func5.call(schema25.properties, key0))){
const err8 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err8);
}
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
const err9 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err9);
}
}
if(data.type !== undefined){
let data1 = data.type;
if(typeof data1 !== "string"){
const err10 = {instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err10);
}
if(!(((data1 === "shipping") || (data1 === "pickup")) || (data1 === "digital"))){
const err11 = {instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema25.properties.type.enum}};
errors = (vErrors ??= []).push(err11);
}
}
if(data.title !== undefined){
if(!(validate24(data.title, {instancePath:instancePath+"/title",parentData:data,parentDataProperty:"title",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.items !== undefined){
let data3 = data.items;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.id === undefined){
const err12 = {instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err12);
}
if(data4.quantity === undefined){
const err13 = {instancePath:instancePath+"/items/" + i0,keyword:"required",params:{missingProperty: "quantity"}};
errors = (vErrors ??= []).push(err13);
}
for(const key1 in data4){
if(!((key1 === "id") || (key1 === "quantity"))){
const err14 = {instancePath:instancePath+"/items/" + i0,keyword:"additionalProperties",params:{additionalProperty: key1}};
errors = (vErrors ??= []).push(err14);
}
}
if(data4.id !== undefined){
if(typeof data4.id !== "string"){
const err15 = {instancePath:instancePath+"/items/" + i0+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err15);
}
}
if(data4.quantity !== undefined){
if(!(validate36(data4.quantity, {instancePath:instancePath+"/items/" + i0+"/quantity",parentData:data4,parentDataProperty:"quantity",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/items/" + i0,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err16);
}
}
}
else {
const err17 = {instancePath:instancePath+"/items",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err17);
}
}
if(data.earliest !== undefined){
let data7 = data.earliest;
if(typeof data7 === "string"){
if(!(formats2.test(data7))){
const err18 = {instancePath:instancePath+"/earliest",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err18);
}
}
else {
const err19 = {instancePath:instancePath+"/earliest",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err19);
}
}
if(data.latest !== undefined){
let data8 = data.latest;
if(typeof data8 === "string"){
if(!(formats2.test(data8))){
const err20 = {instancePath:instancePath+"/latest",keyword:"format",params:{format: "date-time"}};
errors = (vErrors ??= []).push(err20);
}
}
else {
const err21 = {instancePath:instancePath+"/latest",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err21);
}
}
if(data.recipient !== undefined){
let data9 = data.recipient;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.name === null){
delete data9.name;
}
if(data9.email === null){
delete data9.email;
}
if(data9.phone === null){
delete data9.phone;
}
}
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key2 in data9){
if(!(((key2 === "name") || (key2 === "email")) || (key2 === "phone"))){
const err22 = {instancePath:instancePath+"/recipient",keyword:"additionalProperties",params:{additionalProperty: key2}};
errors = (vErrors ??= []).push(err22);
}
}
if(data9.name !== undefined){
if(!(validate24(data9.name, {instancePath:instancePath+"/recipient/name",parentData:data9,parentDataProperty:"name",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data9.email !== undefined){
if(!(validate24(data9.email, {instancePath:instancePath+"/recipient/email",parentData:data9,parentDataProperty:"email",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data9.phone !== undefined){
if(!(validate24(data9.phone, {instancePath:instancePath+"/recipient/phone",parentData:data9,parentDataProperty:"phone",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err23 = {instancePath:instancePath+"/recipient",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err23);
}
}
if(data.address !== undefined){
if(!(validate65(data.address, {instancePath:instancePath+"/address",parentData:data,parentDataProperty:"address",rootData}))){
vErrors ??= [];
for (const error of validate65.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.instructions !== undefined){
let data14 = data.instructions;
if(typeof data14 === "string"){
if(func2(data14) > 500){
const err24 = {instancePath:instancePath+"/instructions",keyword:"maxLength",params:{limit: 500}};
errors = (vErrors ??= []).push(err24);
}
}
else {
const err25 = {instancePath:instancePath+"/instructions",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err25);
}
}
if(data.price !== undefined){
if(!(validate38(data.price, {instancePath:instancePath+"/price",parentData:data,parentDataProperty:"price",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.discount !== undefined){
if(!(validate38(data.discount, {instancePath:instancePath+"/discount",parentData:data,parentDataProperty:"discount",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.discountCodes !== undefined){
let data17 = data.discountCodes;
if(Array.isArray(data17)){
const len1 = data17.length;
for(let i1=0; i1<len1; i1++){
if(typeof data17[i1] !== "string"){
const err26 = {instancePath:instancePath+"/discountCodes/" + i1,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err26);
}
}
}
else {
const err27 = {instancePath:instancePath+"/discountCodes",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err27);
}
}
if(data.tax !== undefined){
if(!(validate38(data.tax, {instancePath:instancePath+"/tax",parentData:data,parentDataProperty:"tax",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.taxRate !== undefined){
let data20 = data.taxRate;
if(!((typeof data20 == "number") && (isFinite(data20)))){
const err28 = {instancePath:instancePath+"/taxRate",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err28);
}
}
if(data.total !== undefined){
if(!(validate38(data.total, {instancePath:instancePath+"/total",parentData:data,parentDataProperty:"total",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err29 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err29);
}
validate85.errors = vErrors;
return errors === 0;
}

const schema26 = {"type":"object","additionalProperties":false,"required":["jurisdiction","rate","amount"],"properties":{"jurisdiction":{"type":"string"},"rate":{"type":"number"},"amount":{"$ref":"Amount"}},"$id":"Tax"};

function validate97(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Tax" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.jurisdiction === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "jurisdiction"}};
errors = (vErrors ??= []).push(err0);
}
if(data.rate === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "rate"}};
errors = (vErrors ??= []).push(err1);
}
if(data.amount === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "amount"}};
errors = (vErrors ??= []).push(err2);
}
for(const key0 in data){
if(!(((key0 === "jurisdiction") || (key0 === "rate")) || (key0 === "amount"))){
const err3 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.jurisdiction !== undefined){
if(typeof data.jurisdiction !== "string"){
const err4 = {instancePath:instancePath+"/jurisdiction",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.rate !== undefined){
let data1 = data.rate;
if(!((typeof data1 == "number") && (isFinite(data1)))){
const err5 = {instancePath:instancePath+"/rate",keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.amount !== undefined){
if(!(validate38(data.amount, {instancePath:instancePath+"/amount",parentData:data,parentDataProperty:"amount",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
validate97.errors = vErrors;
return errors === 0;
}

const schema27 = {"type":"object","additionalProperties":false,"required":["type","text","amount"],"properties":{"type":{"type":"string"},"text":{"type":"string"},"amount":{"$ref":"Amount"}},"$id":"OrderTotal"};

function validate100(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="OrderTotal" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "type"}};
errors = (vErrors ??= []).push(err0);
}
if(data.text === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "text"}};
errors = (vErrors ??= []).push(err1);
}
if(data.amount === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "amount"}};
errors = (vErrors ??= []).push(err2);
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "text")) || (key0 === "amount"))){
const err3 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.type !== undefined){
if(typeof data.type !== "string"){
const err4 = {instancePath:instancePath+"/type",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.text !== undefined){
if(typeof data.text !== "string"){
const err5 = {instancePath:instancePath+"/text",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.amount !== undefined){
if(!(validate38(data.amount, {instancePath:instancePath+"/amount",parentData:data,parentDataProperty:"amount",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
validate100.errors = vErrors;
return errors === 0;
}

const schema28 = {"type":"object","additionalProperties":false,"required":["provider","id","state","amount"],"properties":{"provider":{"type":"string"},"id":{"type":"string"},"state":{"type":"string"},"amount":{"$ref":"Amount"}},"$id":"Payment"};

function validate106(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="Payment" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.provider === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "provider"}};
errors = (vErrors ??= []).push(err0);
}
if(data.id === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err1);
}
if(data.state === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "state"}};
errors = (vErrors ??= []).push(err2);
}
if(data.amount === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "amount"}};
errors = (vErrors ??= []).push(err3);
}
for(const key0 in data){
if(!((((key0 === "provider") || (key0 === "id")) || (key0 === "state")) || (key0 === "amount"))){
const err4 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.provider !== undefined){
if(typeof data.provider !== "string"){
const err5 = {instancePath:instancePath+"/provider",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.id !== undefined){
if(typeof data.id !== "string"){
const err6 = {instancePath:instancePath+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err6);
}
}
if(data.state !== undefined){
if(typeof data.state !== "string"){
const err7 = {instancePath:instancePath+"/state",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err7);
}
}
if(data.amount !== undefined){
if(!(validate38(data.amount, {instancePath:instancePath+"/amount",parentData:data,parentDataProperty:"amount",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err8);
}
validate106.errors = vErrors;
return errors === 0;
}


function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CheckoutOrder" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.billingAddress === null){
delete data.billingAddress;
}
if(data.taxes === null){
delete data.taxes;
}
if(data.taxIncluded === null){
delete data.taxIncluded;
}
if(data.locale === null){
delete data.locale;
}
if(data.notes === null){
delete data.notes;
}
if(data.payment === null){
delete data.payment;
}
if(data.metadata === null){
delete data.metadata;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.orderId === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "orderId"}};
errors = (vErrors ??= []).push(err0);
}
if(data.customer === undefined){
const err1 = {instancePath,keyword:"required",params:{missingProperty: "customer"}};
errors = (vErrors ??= []).push(err1);
}
if(data.items === undefined){
const err2 = {instancePath,keyword:"required",params:{missingProperty: "items"}};
errors = (vErrors ??= []).push(err2);
}
if(data.fulfillments === undefined){
const err3 = {instancePath,keyword:"required",params:{missingProperty: "fulfillments"}};
errors = (vErrors ??= []).push(err3);
}
if(data.totals === undefined){
const err4 = {instancePath,keyword:"required",params:{missingProperty: "totals"}};
errors = (vErrors ??= []).push(err4);
}
if(data.total === undefined){
const err5 = {instancePath,keyword:"required",params:{missingProperty: "total"}};
errors = (vErrors ??= []).push(err5);
}
if(data.currency === undefined){
const err6 = {instancePath,keyword:"required",params:{missingProperty: "currency"}};
errors = (vErrors ??= []).push(err6);
}
if(data.checkout === undefined){
const err7 = {instancePath,keyword:"required",params:{missingProperty: "checkout"}};
errors = (vErrors ??= []).push(err7);
}
for(const key0 in data){
if(!(func5.call(schema20.properties, key0))){
const err8 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err8);
}
}
if(data.orderId !== undefined){
if(!(validate22(data.orderId, {instancePath:instancePath+"/orderId",parentData:data,parentDataProperty:"orderId",rootData}))){
vErrors ??= [];
for (const error of validate22.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.customer !== undefined){
if(!(validate58(data.customer, {instancePath:instancePath+"/customer",parentData:data,parentDataProperty:"customer",rootData}))){
vErrors ??= [];
for (const error of validate58.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.billingAddress !== undefined){
if(!(validate65(data.billingAddress, {instancePath:instancePath+"/billingAddress",parentData:data,parentDataProperty:"billingAddress",rootData}))){
vErrors ??= [];
for (const error of validate65.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.items !== undefined){
let data3 = data.items;
if(Array.isArray(data3)){
if(data3.length > 99){
const err9 = {instancePath:instancePath+"/items",keyword:"maxItems",params:{limit: 99}};
errors = (vErrors ??= []).push(err9);
}
if(data3.length < 1){
const err10 = {instancePath:instancePath+"/items",keyword:"minItems",params:{limit: 1}};
errors = (vErrors ??= []).push(err10);
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate76(data3[i0], {instancePath:instancePath+"/items/" + i0,parentData:data3,parentDataProperty:i0,rootData}))){
vErrors ??= [];
for (const error of validate76.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/items",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err11);
}
}
if(data.fulfillments !== undefined){
let data5 = data.fulfillments;
if(Array.isArray(data5)){
if(data5.length > 99){
const err12 = {instancePath:instancePath+"/fulfillments",keyword:"maxItems",params:{limit: 99}};
errors = (vErrors ??= []).push(err12);
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
if(!(validate85(data5[i1], {instancePath:instancePath+"/fulfillments/" + i1,parentData:data5,parentDataProperty:i1,rootData}))){
vErrors ??= [];
for (const error of validate85.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/fulfillments",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err13);
}
}
if(data.taxes !== undefined){
let data7 = data.taxes;
if(Array.isArray(data7)){
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
if(!(validate97(data7[i2], {instancePath:instancePath+"/taxes/" + i2,parentData:data7,parentDataProperty:i2,rootData}))){
vErrors ??= [];
for (const error of validate97.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/taxes",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err14);
}
}
if(data.taxIncluded !== undefined){
if(typeof data.taxIncluded !== "boolean"){
const err15 = {instancePath:instancePath+"/taxIncluded",keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err15);
}
}
if(data.totals !== undefined){
let data10 = data.totals;
if(Array.isArray(data10)){
if(data10.length < 1){
const err16 = {instancePath:instancePath+"/totals",keyword:"minItems",params:{limit: 1}};
errors = (vErrors ??= []).push(err16);
}
const len3 = data10.length;
for(let i3=0; i3<len3; i3++){
if(!(validate100(data10[i3], {instancePath:instancePath+"/totals/" + i3,parentData:data10,parentDataProperty:i3,rootData}))){
vErrors ??= [];
for (const error of validate100.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath:instancePath+"/totals",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err17);
}
}
if(data.total !== undefined){
if(!(validate38(data.total, {instancePath:instancePath+"/total",parentData:data,parentDataProperty:"total",rootData}))){
vErrors ??= [];
for (const error of validate38.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.currency !== undefined){
if(!(validate42(data.currency, {instancePath:instancePath+"/currency",parentData:data,parentDataProperty:"currency",rootData}))){
vErrors ??= [];
for (const error of validate42.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.locale !== undefined){
if(!(validate44(data.locale, {instancePath:instancePath+"/locale",parentData:data,parentDataProperty:"locale",rootData}))){
vErrors ??= [];
for (const error of validate44.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.notes !== undefined){
let data15 = data.notes;
if(typeof data15 === "string"){
if(func2(data15) > 5000){
const err18 = {instancePath:instancePath+"/notes",keyword:"maxLength",params:{limit: 5000}};
errors = (vErrors ??= []).push(err18);
}
}
else {
const err19 = {instancePath:instancePath+"/notes",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err19);
}
}
if(data.payment !== undefined){
if(!(validate106(data.payment, {instancePath:instancePath+"/payment",parentData:data,parentDataProperty:"payment",rootData}))){
vErrors ??= [];
for (const error of validate106.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.checkout !== undefined){
let data17 = data.checkout;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.clientId === null){
delete data17.clientId;
}
}
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.sessionId === undefined){
const err20 = {instancePath:instancePath+"/checkout",keyword:"required",params:{missingProperty: "sessionId"}};
errors = (vErrors ??= []).push(err20);
}
for(const key1 in data17){
if(!((key1 === "sessionId") || (key1 === "clientId"))){
const err21 = {instancePath:instancePath+"/checkout",keyword:"additionalProperties",params:{additionalProperty: key1}};
errors = (vErrors ??= []).push(err21);
}
}
if(data17.sessionId !== undefined){
if(typeof data17.sessionId !== "string"){
const err22 = {instancePath:instancePath+"/checkout/sessionId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err22);
}
}
if(data17.clientId !== undefined){
if(typeof data17.clientId !== "string"){
const err23 = {instancePath:instancePath+"/checkout/clientId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err23);
}
}
}
else {
const err24 = {instancePath:instancePath+"/checkout",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err24);
}
}
if(data.metadata !== undefined){
if(!(validate46(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData}))){
vErrors ??= [];
for (const error of validate46.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err25 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err25);
}
validate56.errors = vErrors;
return errors === 0;
}

export const validateOrderId = validate22;

export const validateCurrency = validate42;

export const validateRefundRequest = validate110;
const schema29 = {"type":"object","additionalProperties":false,"properties":{"amount":{"$ref":"RefundAmount"},"currency":{"type":"string","pattern":"^[A-Za-z]{3}$","x-rule":"must be a currency of ISO 4217"},"lines":{"type":"array","minItems":1,"maxItems":99,"items":{"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string","maxLength":64},"quantity":{"$ref":"Quantity"},"amount":{"$ref":"RefundAmount"}}}},"reason":{"$ref":"ShortText"}},"$id":"RefundRequest"};
const schema30 = {"type":"number","exclusiveMinimum":0,"maximum":1000000000,"$id":"RefundAmount"};

function validate111(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="RefundAmount" */;
let vErrors = null;
let errors = 0;
if((typeof data == "number") && (isFinite(data))){
if(data > 1000000000 || isNaN(data)){
const err0 = {instancePath,keyword:"maximum",params:{comparison: "<=", limit: 1000000000}};
errors = (vErrors ??= []).push(err0);
}
if(data <= 0 || isNaN(data)){
const err1 = {instancePath,keyword:"exclusiveMinimum",params:{comparison: ">", limit: 0}};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "number"}};
errors = (vErrors ??= []).push(err2);
}
validate111.errors = vErrors;
return errors === 0;
}

const pattern7 = new RegExp("^[A-Za-z]{3}$", "u");

function validate110(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="RefundRequest" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "amount") || (key0 === "currency")) || (key0 === "lines")) || (key0 === "reason"))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err0);
}
}
if(data.amount !== undefined){
if(!(validate111(data.amount, {instancePath:instancePath+"/amount",parentData:data,parentDataProperty:"amount",rootData}))){
vErrors ??= [];
for (const error of validate111.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.currency !== undefined){
let data1 = data.currency;
if(typeof data1 === "string"){
if(!pattern7.test(data1)){
const err1 = {instancePath:instancePath+"/currency",keyword:"pattern",params:{pattern: "^[A-Za-z]{3}$"}};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath:instancePath+"/currency",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.lines !== undefined){
let data2 = data.lines;
if(Array.isArray(data2)){
if(data2.length > 99){
const err3 = {instancePath:instancePath+"/lines",keyword:"maxItems",params:{limit: 99}};
errors = (vErrors ??= []).push(err3);
}
if(data2.length < 1){
const err4 = {instancePath:instancePath+"/lines",keyword:"minItems",params:{limit: 1}};
errors = (vErrors ??= []).push(err4);
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.id === undefined){
const err5 = {instancePath:instancePath+"/lines/" + i0,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err5);
}
for(const key1 in data3){
if(!(((key1 === "id") || (key1 === "quantity")) || (key1 === "amount"))){
const err6 = {instancePath:instancePath+"/lines/" + i0,keyword:"additionalProperties",params:{additionalProperty: key1}};
errors = (vErrors ??= []).push(err6);
}
}
if(data3.id !== undefined){
let data4 = data3.id;
if(typeof data4 === "string"){
if(func2(data4) > 64){
const err7 = {instancePath:instancePath+"/lines/" + i0+"/id",keyword:"maxLength",params:{limit: 64}};
errors = (vErrors ??= []).push(err7);
}
}
else {
const err8 = {instancePath:instancePath+"/lines/" + i0+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err8);
}
}
if(data3.quantity !== undefined){
if(!(validate36(data3.quantity, {instancePath:instancePath+"/lines/" + i0+"/quantity",parentData:data3,parentDataProperty:"quantity",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data3.amount !== undefined){
if(!(validate111(data3.amount, {instancePath:instancePath+"/lines/" + i0+"/amount",parentData:data3,parentDataProperty:"amount",rootData}))){
vErrors ??= [];
for (const error of validate111.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath:instancePath+"/lines/" + i0,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err9);
}
}
}
else {
const err10 = {instancePath:instancePath+"/lines",keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err10);
}
}
if(data.reason !== undefined){
if(!(validate24(data.reason, {instancePath:instancePath+"/reason",parentData:data,parentDataProperty:"reason",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err11);
}
validate110.errors = vErrors;
return errors === 0;
}

export const validateFulfillmentRequest = validate116;
const schema31 = {"type":"object","additionalProperties":false,"properties":{"fulfillmentId":{"type":"string","maxLength":64},"type":{"enum":["shipping","pickup","digital"]},"lines":{"$ref":"PieceRequests"},"status":{"enum":["ready_for_pickup","shipped","in_transit","out_for_delivery","delivered"]},"carrier":{"$ref":"ShortText"},"trackingNumber":{"$ref":"ShortText"},"trackingUrl":{"$ref":"WebAddress"}},"$id":"FulfillmentRequest"};
const schema32 = {"type":"array","minItems":1,"maxItems":99,"items":{"type":"object","additionalProperties":false,"required":["id"],"properties":{"id":{"type":"string","maxLength":64},"quantity":{"$ref":"Quantity"}}},"$id":"PieceRequests"};

function validate117(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="PieceRequests" */;
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 99){
const err0 = {instancePath,keyword:"maxItems",params:{limit: 99}};
errors = (vErrors ??= []).push(err0);
}
if(data.length < 1){
const err1 = {instancePath,keyword:"minItems",params:{limit: 1}};
errors = (vErrors ??= []).push(err1);
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.id === undefined){
const err2 = {instancePath:instancePath+"/" + i0,keyword:"required",params:{missingProperty: "id"}};
errors = (vErrors ??= []).push(err2);
}
for(const key0 in data0){
if(!((key0 === "id") || (key0 === "quantity"))){
const err3 = {instancePath:instancePath+"/" + i0,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err3);
}
}
if(data0.id !== undefined){
let data1 = data0.id;
if(typeof data1 === "string"){
if(func2(data1) > 64){
const err4 = {instancePath:instancePath+"/" + i0+"/id",keyword:"maxLength",params:{limit: 64}};
errors = (vErrors ??= []).push(err4);
}
}
else {
const err5 = {instancePath:instancePath+"/" + i0+"/id",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data0.quantity !== undefined){
if(!(validate36(data0.quantity, {instancePath:instancePath+"/" + i0+"/quantity",parentData:data0,parentDataProperty:"quantity",rootData}))){
vErrors ??= [];
for (const error of validate36.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/" + i0,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err6);
}
}
}
else {
const err7 = {instancePath,keyword:"type",params:{type: "array"}};
errors = (vErrors ??= []).push(err7);
}
validate117.errors = vErrors;
return errors === 0;
}

const schema33 = {"type":"string","maxLength":2000,"pattern":"^https?://[!-~]+$","x-rule":"must be an address that begins with http:// or https://","$id":"WebAddress"};
const pattern8 = new RegExp("^https?://[!-~]+$", "u");

function validate122(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="WebAddress" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func2(data) > 2000){
const err0 = {instancePath,keyword:"maxLength",params:{limit: 2000}};
errors = (vErrors ??= []).push(err0);
}
if(!pattern8.test(data)){
const err1 = {instancePath,keyword:"pattern",params:{pattern: "^https?://[!-~]+$"}};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
validate122.errors = vErrors;
return errors === 0;
}


function validate116(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="FulfillmentRequest" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "fulfillmentId") || (key0 === "type")) || (key0 === "lines")) || (key0 === "status")) || (key0 === "carrier")) || (key0 === "trackingNumber")) || (key0 === "trackingUrl"))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err0);
}
}
if(data.fulfillmentId !== undefined){
let data0 = data.fulfillmentId;
if(typeof data0 === "string"){
if(func2(data0) > 64){
const err1 = {instancePath:instancePath+"/fulfillmentId",keyword:"maxLength",params:{limit: 64}};
errors = (vErrors ??= []).push(err1);
}
}
else {
const err2 = {instancePath:instancePath+"/fulfillmentId",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.type !== undefined){
let data1 = data.type;
if(!(((data1 === "shipping") || (data1 === "pickup")) || (data1 === "digital"))){
const err3 = {instancePath:instancePath+"/type",keyword:"enum",params:{allowedValues: schema31.properties.type.enum}};
errors = (vErrors ??= []).push(err3);
}
}
if(data.lines !== undefined){
if(!(validate117(data.lines, {instancePath:instancePath+"/lines",parentData:data,parentDataProperty:"lines",rootData}))){
vErrors ??= [];
for (const error of validate117.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.status !== undefined){
let data3 = data.status;
if(!(((((data3 === "ready_for_pickup") || (data3 === "shipped")) || (data3 === "in_transit")) || (data3 === "out_for_delivery")) || (data3 === "delivered"))){
const err4 = {instancePath:instancePath+"/status",keyword:"enum",params:{allowedValues: schema31.properties.status.enum}};
errors = (vErrors ??= []).push(err4);
}
}
if(data.carrier !== undefined){
if(!(validate24(data.carrier, {instancePath:instancePath+"/carrier",parentData:data,parentDataProperty:"carrier",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.trackingNumber !== undefined){
if(!(validate24(data.trackingNumber, {instancePath:instancePath+"/trackingNumber",parentData:data,parentDataProperty:"trackingNumber",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.trackingUrl !== undefined){
if(!(validate122(data.trackingUrl, {instancePath:instancePath+"/trackingUrl",parentData:data,parentDataProperty:"trackingUrl",rootData}))){
vErrors ??= [];
for (const error of validate122.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err5);
}
validate116.errors = vErrors;
return errors === 0;
}

export const validateFulfillmentChange = validate124;
const schema34 = {"type":"object","additionalProperties":false,"minProperties":1,"properties":{"status":{"enum":["ready_for_pickup","shipped","in_transit","out_for_delivery","delivered","failed"]},"carrier":{"$ref":"ShortText"},"trackingNumber":{"$ref":"ShortText"},"trackingUrl":{"$ref":"WebAddress"},"event":{"type":"object","additionalProperties":false,"properties":{"description":{"$ref":"ShortText"},"location":{"$ref":"ShortText"}}}},"$id":"FulfillmentChange"};

function validate124(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="FulfillmentChange" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,keyword:"minProperties",params:{limit: 1}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!(((((key0 === "status") || (key0 === "carrier")) || (key0 === "trackingNumber")) || (key0 === "trackingUrl")) || (key0 === "event"))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.status !== undefined){
let data0 = data.status;
if(!((((((data0 === "ready_for_pickup") || (data0 === "shipped")) || (data0 === "in_transit")) || (data0 === "out_for_delivery")) || (data0 === "delivered")) || (data0 === "failed"))){
const err2 = {instancePath:instancePath+"/status",keyword:"enum",params:{allowedValues: schema34.properties.status.enum}};
errors = (vErrors ??= []).push(err2);
}
}
if(data.carrier !== undefined){
if(!(validate24(data.carrier, {instancePath:instancePath+"/carrier",parentData:data,parentDataProperty:"carrier",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.trackingNumber !== undefined){
if(!(validate24(data.trackingNumber, {instancePath:instancePath+"/trackingNumber",parentData:data,parentDataProperty:"trackingNumber",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.trackingUrl !== undefined){
if(!(validate122(data.trackingUrl, {instancePath:instancePath+"/trackingUrl",parentData:data,parentDataProperty:"trackingUrl",rootData}))){
vErrors ??= [];
for (const error of validate122.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.event !== undefined){
let data4 = data.event;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
if(!((key1 === "description") || (key1 === "location"))){
const err3 = {instancePath:instancePath+"/event",keyword:"additionalProperties",params:{additionalProperty: key1}};
errors = (vErrors ??= []).push(err3);
}
}
if(data4.description !== undefined){
if(!(validate24(data4.description, {instancePath:instancePath+"/event/description",parentData:data4,parentDataProperty:"description",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data4.location !== undefined){
if(!(validate24(data4.location, {instancePath:instancePath+"/event/location",parentData:data4,parentDataProperty:"location",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/event",keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err4);
}
}
}
else {
const err5 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err5);
}
validate124.errors = vErrors;
return errors === 0;
}

export const validateCancelRequest = validate130;
const schema35 = {"type":"object","additionalProperties":false,"properties":{"lines":{"$ref":"PieceRequests"},"reason":{"$ref":"ShortText"},"restock":{"type":"boolean"}},"$id":"CancelRequest"};

function validate130(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="CancelRequest" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "lines") || (key0 === "reason")) || (key0 === "restock"))){
const err0 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err0);
}
}
if(data.lines !== undefined){
if(!(validate117(data.lines, {instancePath:instancePath+"/lines",parentData:data,parentDataProperty:"lines",rootData}))){
vErrors ??= [];
for (const error of validate117.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.reason !== undefined){
if(!(validate24(data.reason, {instancePath:instancePath+"/reason",parentData:data,parentDataProperty:"reason",rootData}))){
vErrors ??= [];
for (const error of validate24.errors) vErrors.push(error);
errors = vErrors.length;
}
}
if(data.restock !== undefined){
if(typeof data.restock !== "boolean"){
const err1 = {instancePath:instancePath+"/restock",keyword:"type",params:{type: "boolean"}};
errors = (vErrors ??= []).push(err1);
}
}
}
else {
const err2 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err2);
}
validate130.errors = vErrors;
return errors === 0;
}

export const validateNoteRequest = validate133;
const schema36 = {"type":"object","additionalProperties":false,"required":["text"],"properties":{"text":{"type":"string","minLength":1,"maxLength":2000,"pattern":"^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\p{Cs}\\p{Noncharacter_Code_Point}]*$","x-rule":"must not have control characters other than line breaks and tabs, lone surrogates or noncharacters"},"audience":{"enum":["internal","customer"]}},"$id":"NoteRequest"};

function validate133(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
/*# sourceURL="NoteRequest" */;
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.text === undefined){
const err0 = {instancePath,keyword:"required",params:{missingProperty: "text"}};
errors = (vErrors ??= []).push(err0);
}
for(const key0 in data){
if(!((key0 === "text") || (key0 === "audience"))){
const err1 = {instancePath,keyword:"additionalProperties",params:{additionalProperty: key0}};
errors = (vErrors ??= []).push(err1);
}
}
if(data.text !== undefined){
let data0 = data.text;
if(typeof data0 === "string"){
if(func2(data0) > 2000){
const err2 = {instancePath:instancePath+"/text",keyword:"maxLength",params:{limit: 2000}};
errors = (vErrors ??= []).push(err2);
}
if(func2(data0) < 1){
const err3 = {instancePath:instancePath+"/text",keyword:"minLength",params:{limit: 1}};
errors = (vErrors ??= []).push(err3);
}
if(!pattern6.test(data0)){
const err4 = {instancePath:instancePath+"/text",keyword:"pattern",params:{pattern: "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}};
errors = (vErrors ??= []).push(err4);
}
}
else {
const err5 = {instancePath:instancePath+"/text",keyword:"type",params:{type: "string"}};
errors = (vErrors ??= []).push(err5);
}
}
if(data.audience !== undefined){
let data1 = data.audience;
if(!((data1 === "internal") || (data1 === "customer"))){
const err6 = {instancePath:instancePath+"/audience",keyword:"enum",params:{allowedValues: schema36.properties.audience.enum}};
errors = (vErrors ??= []).push(err6);
}
}
}
else {
const err7 = {instancePath,keyword:"type",params:{type: "object"}};
errors = (vErrors ??= []).push(err7);
}
validate133.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$": "must be 1 to 64 letters, digits or . _ - and begin with a letter or digit",
    "^(?![\\s\\p{Z}\\p{M}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\u2800]*$)[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$": "must have something to read, and no control characters, lone surrogates or noncharacters",
    "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$": "must be an e-mail address",
    "^[!-~]{1,64}$": "must be 1 to 64 visible ASCII characters",
    "^[\\w-]{2,35}$": "must be like de-AT",
    "^(?!(?:__proto__|constructor)$)[A-Za-z0-9_.:-]{1,64}$": "must be named with 1 to 64 letters, digits or _ . : -, and not as objects name their own members",
    "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\p{Cs}\\p{Noncharacter_Code_Point}]*$": "must not have control characters other than line breaks and tabs, lone surrogates or noncharacters",
    "^[A-Za-z]{3}$": "must be a currency of ISO 4217",
    "^https?://[!-~]+$": "must be an address that begins with http:// or https://"
};
